package io.weir.ingest.format;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Derives visitor ids for sources that know only address and user agent. */
final class Md5 {
  private static final int HALF = 8;

  private final MessageDigest md5;

  Md5() {
    try {
      this.md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first 16 hexadecimal digits of MD5 over {@code address|agent}. */
  String visitor(String address, String agent) {
    byte[] hash = md5.digest((address + "|" + agent).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, HALF);
  }
}
