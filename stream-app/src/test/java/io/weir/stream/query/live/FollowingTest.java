package io.weir.stream.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.sse.Event;
import io.micronaut.serde.ObjectMapper;
import io.weir.stream.query.live.FakePeerStreams.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;

class FollowingTest {
  private static final HostInfo A = new HostInfo("a", 1);
  private static final HostInfo B = new HostInfo("b", 2);

  private final List<HostInfo> group = new ArrayList<>(List.of(A));
  private final FakePeerStreams streams = new FakePeerStreams();
  private final Following following =
      new Following(() -> group, streams, ObjectMapper.getDefault());
  private long now;

  private void step(long afterMillis) {
    now += TimeUnit.MILLISECONDS.toNanos(afterMillis);
    following.step(now);
  }

  private LiveCounters total() {
    return following.total(SampleCounters.counters(100));
  }

  private Connection newest() {
    return streams.connections.getLast();
  }

  @Test
  void peer_hasOneConnectionAndIsPartOfTheSum() {
    step(0);
    newest().tellReceived(7);
    step(200);

    assertThat(streams.connections).hasSize(1);
    assertThat(total().status().received()).isEqualTo(107);
    assertThat(total().instances()).isEqualTo(2);
    assertThat(total().missing()).isEmpty();
  }

  @Test
  void peerThatIsNew_isAwaitedForAWhileOnly() {
    step(0);
    assertThat(following.isAwaiting(now)).isTrue();

    step(2_000);

    assertThat(following.isAwaiting(now)).isFalse();
    assertThat(total().missing()).containsExactly("a:1");
  }

  @Test
  void peerThatWasHeard_isNotAwaited() {
    step(0);
    newest().tellReceived(7);
    step(200);

    assertThat(following.isAwaiting(now)).isFalse();
  }

  @Test
  void group_isLookedAtAgain() {
    step(0);
    group.set(0, B);
    step(200);

    assertThat(streams.open()).containsExactly(B);
    assertThat(total().missing()).containsExactly("b:2");
  }

  @Test
  void peerThatHangs_isDroppedAndFollowedAgain() {
    step(0);
    newest().tellReceived(7);
    step(200);
    step(4_000);
    assertThat(total().missing()).isEmpty();

    step(1);

    assertThat(streams.open()).isEmpty();
    assertThat(total().missing()).containsExactly("a:1");
    assertThat(total().status().received()).isEqualTo(100);

    step(1_000);
    newest().tellReceived(8);
    step(200);

    assertThat(streams.connections).hasSize(2);
    assertThat(total().status().received()).isEqualTo(108);
    assertThat(total().missing()).isEmpty();
  }

  @Test
  void peerThatEnds_isMissingAtOnceAndTriedASecondLater() {
    step(0);
    newest().tellReceived(7);
    step(200);
    newest().feed().end();
    step(200);
    assertThat(total().missing()).containsExactly("a:1");

    step(999);
    assertThat(streams.connections).hasSize(1);

    step(1);
    assertThat(streams.connections).hasSize(2);
  }

  @Test
  void sessions_arePassedOnAsTheyAre() {
    step(0);
    newest().feed().event("session", "{ \"unknown\": 1 }");
    newest().feed().event("news-of-a-later-version", "{}");

    Event<Object> own = Event.<Object>of("own");
    List<Event<Object>> all = following.with(List.of(own));

    assertThat(all).extracting(Event::getData).containsExactly("own", "{ \"unknown\": 1 }");
    assertThat(all.getLast().getName()).isEqualTo("session");
    assertThat(following.with(List.of())).isEmpty();
  }

  @Test
  void droppedConnection_tellsNothingAnyMore() {
    step(0);
    Connection old = newest();
    step(4_001);
    step(1_000);

    old.feed().event("session", "{}");
    old.tellReceived(7);
    step(200);

    assertThat(following.with(List.of())).isEmpty();
    assertThat(total().missing()).containsExactly("a:1");
  }

  @Test
  void flood_isCutAndCounted() {
    step(0);
    newest().tellReceived(0);
    step(200);
    for (int i = 0; i < 700; i++) {
      newest().feed().event("session", "" + i);
    }

    List<Event<Object>> all = following.with(Collections.nCopies(1_000, Event.<Object>of("own")));

    assertThat(all).hasSize(1_000);
    assertThat(all.subList(500, 1_000)).noneMatch(event -> event.getData().equals("own"));
    assertThat(total().sessionsSkipped())
        .isEqualTo(SampleCounters.counters(0).sessionsSkipped() + 200 + 500);
  }

  @Test
  void stop_hangsUpEverywhere() {
    group.add(B);
    step(0);
    newest().feed().event("session", "{}");

    following.stop();

    assertThat(streams.open()).isEmpty();
    assertThat(following.with(List.of())).isEmpty();
    assertThat(total()).isEqualTo(SampleCounters.counters(100));
  }
}
