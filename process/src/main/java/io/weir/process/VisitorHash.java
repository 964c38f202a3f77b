package io.weir.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A keyed hash of visitors (HMAC-SHA-256). Equal visitors have equal hashes under one key. Without
 * the key nobody can try out addresses or numbers until one fits.
 */
final class VisitorHash {
  private static final String ALGORITHM = "HmacSHA256";

  /** So few that a line stays short; of a million visitors hardly two have the same. */
  private static final int BYTES = 6;

  private final SecretKeySpec key;

  VisitorHash(String key) {
    this.key = new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM);
  }

  /** Twelve hexadecimal digits. */
  String of(byte[] visitor) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(Arrays.copyOf(mac.doFinal(visitor), BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + ALGORITHM, e);
    }
  }
}
