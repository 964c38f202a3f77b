package io.weir.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tokens that were right when they were shown last, by their SHA-256. It says only that a token
 * is worth the time of a look at its signature, also while its client's address is held back.
 */
final class RightTokens {
  private static final int MOST = 1_000;

  private final Map<String, Boolean> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST;
        }
      };

  synchronized void add(String token) {
    known.put(hash(token), true);
  }

  /** A token that is not right any more has to be found right again. */
  synchronized void remove(String token) {
    known.remove(hash(token));
  }

  synchronized boolean has(String token) {
    return known.get(hash(token)) != null;
  }

  private static String hash(String token) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
