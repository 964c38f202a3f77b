package io.weir.stream.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.sse.Event;
import io.micronaut.serde.ObjectMapper;
import io.weir.stream.processor.RecentSessions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;

/** Whom the live stream follows, step by step. */
class LiveStreamStepTest {
  private static final HostInfo PEER = new HostInfo("peer", 1);

  private final FakePeerStreams peers = new FakePeerStreams();
  private final LiveStream live =
      new LiveStream(
          new LiveSessions(10),
          SampleCounters::counters,
          new Following(() -> List.of(PEER), peers, ObjectMapper.getDefault()),
          Runnable::run);

  @AfterEach
  void close() {
    live.close();
  }

  /** Someone who listens and leaves when asked to. */
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
  void nobodyListens_nobodyIsFollowed() {
    live.step(0);

    assertThat(peers.connections).isEmpty();
  }

  @Test
  void peerIsFollowedOnce_whileAnybodyListens() {
    Guest one = Guest.of(live.listen());
    Guest other = Guest.of(live.listen());
    live.step(0);
    one.leave();
    live.step(1);
    assertThat(peers.open()).containsExactly(PEER);
    assertThat(peers.connections).hasSize(1);

    other.leave();
    live.step(2);

    assertThat(peers.open()).isEmpty();
  }

  @Test
  void instanceThatListens_isNoReasonToFollow() {
    Guest instance = Guest.of(live.listenForwarded());

    live.step(0);

    assertThat(peers.connections).isEmpty();
    instance.leave();
  }

  @Test
  void listeners_areBoundedAndLeaveTheirPlace() {
    for (int i = 0; i < 99; i++) {
      Guest.of(live.listen());
    }
    Guest last = Guest.of(live.listen());
    assertThat(live.listen()).isEmpty();
    assertThat(live.listenForwarded()).isPresent();

    last.leave();

    assertThat(live.listen()).isPresent();
  }

  @Test
  void close_hangsUp() {
    Guest.of(live.listen());
    live.step(0);

    live.close();
    live.close();

    assertThat(peers.connections.getFirst().reading())
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableOfType(CancellationException.class);
  }
}
