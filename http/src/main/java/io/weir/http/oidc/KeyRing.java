package io.weir.http.oidc;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.weir.process.RootCause;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The provider's keys as they were read last. When the provider does not answer, they stay. They
 * are read again when a token names another one, and when they are old: {@link Oidc} looks for that
 * all the time.
 */
final class KeyRing implements JWKSource<SecurityContext> {
  private static final Logger log = LoggerFactory.getLogger(KeyRing.class);
  private static final Duration BETWEEN = Duration.ofMinutes(1);

  /** Until the first keys are there. */
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);

  private static final Duration OLD = Duration.ofMinutes(15);
  private static final int LEAST_RSA_BITS = 2_048;
  private static final int MOST_KEYS = 100;

  private final Supplier<CompletableFuture<JWKSet>> source;
  private final LongSupplier nanos;
  private volatile @Nullable JWKSet known;
  private @Nullable CompletableFuture<Void> reading;
  private boolean hasTried;
  private long triedAt;
  private long readAt;

  /**
   * @param nanos a clock for durations
   */
  KeyRing(Supplier<CompletableFuture<JWKSet>> source, LongSupplier nanos) {
    this.source = source;
    this.nanos = nanos;
  }

  boolean isEmpty() {
    return known == null;
  }

  /** Whether a key of this name is there. */
  boolean has(@Nullable String id) {
    JWKSet keys = known;
    return keys != null && (id == null || keys.getKeyByKeyId(id) != null);
  }

  /** A token that names no key is only judged where one key can be meant. */
  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    JWKSet keys = known;
    if (keys == null) {
      return List.of();
    }
    List<JWK> found = selector.select(keys);
    return found.size() == 1 ? found : List.of();
  }

  /** Whether {@link #read} would ask the provider, or wait for an answer that is on its way. */
  synchronized boolean mayRead() {
    Duration between = known == null ? BETWEEN_TRIES : BETWEEN;
    return reading != null || !hasTried || nanos.getAsLong() - triedAt >= between.toNanos();
  }

  /** Reads the keys again if it was not done just now. It never fails: then the keys stay. */
  CompletableFuture<Void> read() {
    var begun = new CompletableFuture<Void>();
    synchronized (this) {
      if (reading != null) {
        return reading;
      }
      if (!mayRead()) {
        return CompletableFuture.completedFuture(null);
      }
      hasTried = true;
      triedAt = nanos.getAsLong();
      reading = begun;
    }
    var _ =
        CompletableFuture.<@Nullable Void>completedFuture(null)
            .thenCompose(_ -> source.get())
            .thenApply(KeyRing::good)
            .handle((keys, failure) -> end(begun, keys, failure));
    return begun;
  }

  /**
   * Reads the keys if they are old, so that a key that was withdrawn is not taken for long. After a
   * failure it asks again a minute later.
   */
  void keepFresh() {
    if (isOld()) {
      var _ = read();
    }
  }

  private synchronized boolean isOld() {
    long now = nanos.getAsLong();
    return !hasTried
        || (now - triedAt >= BETWEEN.toNanos() && (known == null || now - readAt >= OLD.toNanos()));
  }

  /** Whatever happens, who waits goes on. */
  private @Nullable Void end(
      CompletableFuture<Void> begun, @Nullable List<JWK> keys, @Nullable Throwable failure) {
    try {
      if (keys != null && !keys.isEmpty()) {
        take(new JWKSet(keys));
      } else {
        log.warn(
            "the provider of tokens (WEIR_HTTP_OIDC_ISSUER) gives no keys: {}; {}",
            failure == null ? "none that is good for signatures" : RootCause.of(failure),
            known == null ? "no token is taken" : "those that are known go on");
      }
    } finally {
      synchronized (this) {
        reading = null;
      }
      begun.complete(null);
    }
    return null;
  }

  private synchronized void take(JWKSet keys) {
    known = keys;
    readAt = triedAt;
  }

  /** No shared secrets, and no RSA key that may be broken. */
  private static List<JWK> good(JWKSet keys) {
    return keys.getKeys().stream()
        .filter(key ->
            key.getKeyType().equals(KeyType.EC)
                || (key.getKeyType().equals(KeyType.RSA) && key.size() >= LEAST_RSA_BITS))
        .limit(MOST_KEYS)
        .toList();
  }
}
