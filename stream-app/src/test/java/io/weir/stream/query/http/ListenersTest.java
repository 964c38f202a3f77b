package io.weir.stream.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.sse.Event;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;

class ListenersTest {
  private final Listeners listeners = new Listeners(Runnable::run);

  @AfterEach
  void close() {
    listeners.close();
  }

  /** A listener that leaves when asked to. */
  private static final class Guest implements Flow.Subscriber<Event<Object>> {
    private final CompletableFuture<Flow.Subscription> arrived = new CompletableFuture<>();

    static Guest of(Optional<Publisher<Event<Object>>> events) {
      var guest = new Guest();
      events.orElseThrow().subscribe(FlowAdapters.toSubscriber(guest));
      return guest;
    }

    void leave() {
      arrived.join().cancel();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      arrived.complete(given);
    }

    @Override
    public void onNext(Event<Object> event) {}

    @Override
    public void onError(Throwable e) {}

    @Override
    public void onComplete() {}
  }

  @Test
  void listeners_areBoundedAndLeaveTheirPlace() {
    for (int i = 0; i < 99; i++) {
      Guest.of(listeners.join(0));
    }
    Guest last = Guest.of(listeners.join(0));
    assertThat(listeners.join(0)).isEmpty();

    last.leave();

    assertThat(listeners.join(0)).isPresent();
  }

  @Test
  void audience_isPresentUntilTheLastOneLeaves() {
    Guest one = Guest.of(listeners.join(0));
    Guest other = Guest.of(listeners.join(0));
    one.leave();
    assertThat(listeners.isPresent(1)).isTrue();

    other.leave();

    assertThat(listeners.isPresent(2)).isFalse();
  }
}
