package io.weir.stream.session.row;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name of a session: it follows from visitor and start, and tells nobody who the visitor is.
 */
public final class SessionKey {
  private static final int BYTES = 12;

  private SessionKey() {}

  static String of(String visitor, long start) {
    return visitorPart(visitor) + "-" + Long.toHexString(start);
  }

  /** The beginning of the keys of all sessions of a visitor; its length is always the same. */
  public static String visitorPart(String visitor) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(visitor.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
