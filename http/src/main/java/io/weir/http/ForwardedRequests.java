package io.weir.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.http.HttpRequest;
import io.weir.http.access.Access;
import io.weir.http.access.Access.Mode;
import java.security.MessageDigest;

/**
 * The rule for requests that say they come from another instance, where nobody has to show a key.
 * Instances that share a key show it, and then nobody else may say so. Without one, anybody may,
 * and such requests have a rate of their own.
 */
final class ForwardedRequests {
  /** An instance may ask on behalf of so many clients at once who all use their whole rate. */
  static final int CLIENTS_OF_AN_INSTANCE = 20;

  private final Access access;
  private final RateLimit rate;

  ForwardedRequests(Access access) {
    this.access = access;
    this.rate = new RateLimit(access.limits().rate() * CLIENTS_OF_AN_INSTANCE);
  }

  /** Whether a request says that it comes from an instance. */
  static boolean isOne(HttpRequest<?> request) {
    return request.getHeaders().contains(Doorkeeper.FORWARDED);
  }

  /** Whether the request says so without the key that instances share. */
  boolean isForged(HttpRequest<?> request) {
    return access.mode() != Mode.CLOSED
        && access.ownKey().isPresent()
        && isOne(request)
        && !isShown(request, access.ownKey().get());
  }

  /** Counts a request of an instance that shares no key, by the address that it comes from. */
  long secondsToWait(String address) {
    return access.ownKey().isPresent() ? 0 : rate.secondsToWait(address, System.nanoTime());
  }

  /** Takes as long for a key that is nearly right as for any other one. */
  private static boolean isShown(HttpRequest<?> request, String key) {
    return Callers.bearer(request)
        .filter(shown -> MessageDigest.isEqual(shown.getBytes(UTF_8), key.getBytes(UTF_8)))
        .isPresent();
  }
}
