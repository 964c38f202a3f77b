package io.weir.http.oidc;

import io.weir.http.oidc.Provider.Description;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The provider's description as it was read last. Strangers can begin sign-ins, and each needs it:
 * the provider is asked once in a minute, and all who come meanwhile wait for the same answer.
 */
final class Discovery {
  private static final Duration BETWEEN = Duration.ofMinutes(1);

  /** After a failure. */
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final Supplier<CompletableFuture<Description>> source;
  private final LongSupplier nanos;
  private @Nullable CompletableFuture<Description> last;
  private long askedAt;

  /**
   * @param nanos a clock for durations
   */
  Discovery(Supplier<CompletableFuture<Description>> source, LongSupplier nanos) {
    this.source = source;
    this.nanos = nanos;
  }

  /** The description, or the failure, of the last reading, or of a new one if that is old. */
  synchronized CompletableFuture<Description> get() {
    long now = nanos.getAsLong();
    CompletableFuture<Description> answer = last;
    if (answer == null || isOld(answer, now - askedAt)) {
      answer = source.get();
      last = answer;
      askedAt = now;
    }
    return answer.copy();
  }

  private static boolean isOld(CompletableFuture<Description> answer, long age) {
    Duration life = answer.isCompletedExceptionally() ? BETWEEN_TRIES : BETWEEN;
    return answer.isDone() && age >= life.toNanos();
  }
}
