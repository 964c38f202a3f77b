package io.weir.stream.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.sse.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

class LiveClientTest {
  private static final long NOW = 5;

  private final List<Event<Object>> heard = new ArrayList<>();
  private final Listener listener = new Listener();
  private final LiveClient client = new LiveClient(Runnable::run, NOW);

  private final class Listener implements Subscriber<Event<Object>> {
    private final List<Subscription> subscriptions = new ArrayList<>();
    private boolean isEnded;

    @Override
    public void onSubscribe(Subscription given) {
      subscriptions.add(given);
    }

    @Override
    public void onNext(Event<Object> event) {
      heard.add(event);
    }

    @Override
    public void onError(Throwable e) {
      throw new AssertionError(e);
    }

    @Override
    public void onComplete() {
      isEnded = true;
    }
  }

  private void send(int count) {
    for (int i = 0; i < count; i++) {
      client.send(Event.of(i));
    }
  }

  @Test
  void listener_hearsEventsInOrder() {
    client.publisher().subscribe(listener);
    listener.subscriptions.getFirst().request(Long.MAX_VALUE);

    send(3);

    assertThat(heard).extracting(Event::getData).containsExactly(0, 1, 2);
    assertThat(client.isGone(NOW)).isFalse();
  }

  @Test
  void listenerThatDoesNotKeepUp_isToldAndDropped() {
    client.publisher().subscribe(listener);

    send(5_000);

    assertThat(client.isGone(NOW)).isTrue();
    listener.subscriptions.getFirst().request(Long.MAX_VALUE);
    assertThat(heard).hasSize(1_024);
    assertThat(heard.getLast().getComment()).startsWith("too slow");
    assertThat(listener.isEnded).isTrue();
  }

  @Test
  void listenerThatLeaves_isGone() {
    client.publisher().subscribe(listener);
    send(1);

    listener.subscriptions.getFirst().cancel();

    assertThat(client.isGone(NOW)).isTrue();
  }

  @Test
  void listenerThatLeavesUnheard_isGone() {
    client.publisher().subscribe(listener);

    listener.subscriptions.getFirst().cancel();

    assertThat(client.isGone(NOW)).isTrue();
  }

  @Test
  void listenerThatHasNotArrivedYet_isNotGone() {
    send(1);

    assertThat(client.isGone(NOW)).isFalse();
  }

  @Test
  void listenerThatNeverArrives_isGivenUp() {
    assertThat(client.isGone(NOW + Duration.ofSeconds(10).toNanos())).isFalse();
    assertThat(client.isGone(NOW + Duration.ofSeconds(11).toNanos())).isTrue();
  }

  @Test
  void connectionsThatBreakBeforeTheyListen_takeNoPlaceForGood() {
    var audience = new Listeners(Runnable::run);
    while (audience.join(NOW).isPresent()) {
      assertThat(audience.isPresent(NOW)).isFalse();
    }

    assertThat(audience.join(NOW + Duration.ofSeconds(11).toNanos())).isPresent();
  }
}
