package io.weir.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ConditionalFilter;
import io.weir.http.access.Access;
import io.weir.http.oidc.Oidc;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before {@link Doorkeeper}: a token that is signed with a key of which nobody has heard
 * waits until the provider's keys were read again. It holds no thread meanwhile.
 */
@Order(NewTokenKeys.FIRST)
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class NewTokenKeys implements ConditionalFilter {
  static final int FIRST = -1_000;

  /** What comes on top is judged by the keys that are known. */
  private static final int MOST_WAITING = 200;

  private final boolean isUsed;
  private final Oidc oidc;
  private final AtomicInteger waiting = new AtomicInteger();

  NewTokenKeys(ListenAddress address, Oidc oidc) {
    Access access = address.access();
    this.isUsed = access.tokens().isPresent();
    this.oidc = oidc;
  }

  @Override
  public boolean isEnabled(HttpRequest<?> request) {
    return isUsed
        && waiting.get() < MOST_WAITING
        && Callers.bearer(request).filter(oidc::isWorthAsking).isPresent();
  }

  @RequestFilter
  CompletionStage<HttpRequest<?>> ask(HttpRequest<?> request) {
    waiting.incrementAndGet();
    CompletableFuture<Void> read = oidc.read();
    return read.thenApply(_ -> {
      waiting.decrementAndGet();
      return request;
    });
  }
}
