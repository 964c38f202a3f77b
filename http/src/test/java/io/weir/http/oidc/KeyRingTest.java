package io.weir.http.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeyRingTest {
  private final Deque<CompletableFuture<JWKSet>> asked = new ArrayDeque<>();
  private long now = -5;
  private final KeyRing ring =
      new KeyRing(
          () -> {
            asked.add(new CompletableFuture<>());
            return asked.getLast();
          },
          () -> now);

  private static JWKSet first() {
    return new JWKSet(TokenIssuer.RSA.toPublicJWK());
  }

  private static JWKSet second() {
    return new JWKSet(TokenIssuer.EC.toPublicJWK());
  }

  private void pass(long seconds) {
    now += TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void twoWhoAsk_waitForOneAnswer() {
    CompletableFuture<Void> one = ring.read();
    CompletableFuture<Void> other = ring.read();

    assertThat(asked).hasSize(1);
    assertThat(one).isNotDone().isSameAs(other);
    asked.getLast().complete(first());
    assertThat(one).isCompleted();
    assertThat(ring.has("rsa-1")).isTrue();
    assertThat(ring.has("ec-1")).isFalse();
  }

  @Test
  void keys_areReadAgainAfterAMinute() {
    var _ = ring.read();
    asked.getLast().complete(first());

    pass(59);
    assertThat(ring.mayRead()).isFalse();
    assertThat(ring.read()).isCompleted();
    assertThat(asked).hasSize(1);

    pass(1);
    assertThat(ring.mayRead()).isTrue();
    var _ = ring.read();
    asked.getLast().complete(second());
    assertThat(ring.has("ec-1")).isTrue();
    assertThat(ring.has("rsa-1")).isFalse();
  }

  @Test
  void failure_leavesTheKeys_andCountsAsATry() {
    var _ = ring.read();
    asked.getLast().complete(first());
    pass(60);

    CompletableFuture<Void> failed = ring.read();
    asked.getLast().completeExceptionally(new ProviderException("down"));

    assertThat(failed).isCompleted();
    assertThat(ring.has("rsa-1")).isTrue();
    assertThat(ring.mayRead()).isFalse();
  }

  @Test
  void sourceThatThrows_keepsNobodyWaiting() {
    var broken =
        new KeyRing(
            () -> {
              throw new IllegalStateException("broken");
            },
            () -> now);

    assertThat(broken.read()).isCompleted();
    assertThat(broken.mayRead()).isFalse();
    pass(5);
    assertThat(broken.mayRead()).isTrue();
  }

  @Test
  void firstKeys_areTriedForMoreOften() {
    var _ = ring.read();
    asked.getLast().completeExceptionally(new ProviderException("down"));

    assertThat(ring.mayRead()).isFalse();
    pass(5);
    assertThat(ring.mayRead()).isTrue();
  }

  @Test
  void oldKeys_areReadInTheBackground() {
    var _ = ring.read();
    asked.getLast().complete(first());

    pass(14 * 60);
    ring.keepFresh();
    assertThat(asked).hasSize(1);

    pass(60);
    ring.keepFresh();
    ring.keepFresh();
    assertThat(asked).hasSize(2);
  }

  @Test
  void oldKeys_thatCannotBeRead_areAskedForAgainAMinuteLater() {
    var _ = ring.read();
    asked.getLast().complete(first());
    pass(15 * 60);
    ring.keepFresh();
    asked.getLast().completeExceptionally(new ProviderException("down"));

    pass(59);
    ring.keepFresh();
    assertThat(asked).hasSize(2);

    pass(1);
    ring.keepFresh();
    assertThat(asked).hasSize(3);
    asked.getLast().complete(second());

    pass(14 * 60);
    ring.keepFresh();
    assertThat(asked).hasSize(3);
  }

  @Test
  void emptySet_isNoAnswer() {
    var _ = ring.read();
    asked.getLast().complete(first());
    pass(60);

    var _ = ring.read();
    asked.getLast().complete(new JWKSet());

    assertThat(ring.has("rsa-1")).isTrue();
  }
}
