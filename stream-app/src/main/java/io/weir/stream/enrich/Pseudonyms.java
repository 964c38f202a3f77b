package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces the ids of visitor and user by their HMAC-SHA256 under a secret key, in hexadecimal: the
 * same id always gets the same pseudonym, and nobody can tell whose it is without the key. Runs
 * after the check of keys and partitions, which use the original id. The state and the topics after
 * it have pseudonyms only.
 */
final class Pseudonyms implements Enricher {
  private static final String ALGORITHM = "HmacSHA256";

  /** Enough for 20,000 ids of usual length at least. */
  private static final long REMEMBERED_BYTES = 8_000_000;

  private final Mac mac;
  private final BoundedCache<String> pseudonyms =
      new BoundedCache<>(REMEMBERED_BYTES, String::length, this::compute);

  Pseudonyms(String key) {
    try {
      this.mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
    }
  }

  /** The pseudonym of any text. */
  String of(String text) {
    return pseudonyms.get(text);
  }

  private synchronized String compute(String text) {
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public boolean enrich(EnrichedEvent event) {
    event.setVisitorId(of(event.getVisitorId()));
    String anonymous = event.getAnonymousId();
    if (anonymous != null) {
      event.setAnonymousId(of(anonymous));
    }
    String user = event.getUserId();
    if (user != null) {
      event.setUserId(of(user));
    }
    return true;
  }

  @Override
  public boolean isProtective() {
    return true;
  }
}
