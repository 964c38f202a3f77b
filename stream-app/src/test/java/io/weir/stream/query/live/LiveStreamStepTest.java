package io.weir.stream.query.live;

import static io.weir.stream.query.live.FakePeers.A;
import static io.weir.stream.query.live.FakePeers.B;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.Session;
import io.weir.stream.processor.RecentSessions;
import io.weir.stream.processor.ShownSessions;
import io.weir.stream.query.visitor.SessionAnswer;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The instances that the live stream asks, and what it makes of their news, step by step. */
class LiveStreamStepTest {
  private static final int STEPS_PER_SECOND = 5;

  private final FakePeers peers = new FakePeers();
  private final FakeAudience audience = new FakeAudience();
  private final RecentSessions sessions = new RecentSessions(1_000);
  private final Queue<Runnable> polls = new ArrayDeque<>();
  private final LiveStream live =
      new LiveStream(
          new OwnNews(sessions, () -> SampleCounters.counters(100)),
          new PeerPoll(peers.survey(), polls::add),
          audience);

  @AfterEach
  void close() {
    live.close();
  }

  private static Session session(String visitor) {
    var session = new Session();
    session.setVisitorId(visitor);
    session.setAds(List.of());
    session.setAdPages(List.of());
    session.setAdPositions(List.of());
    session.setGoals(List.of());
    session.setRefundedE4(Map.of());
    session.setCartValueE4(Map.of());
    session.setCartProducts(List.of());
    session.setRevenueE4(Map.of());
    return session;
  }

  private static SessionAnswer answer(String visitor) {
    return SessionAnswer.emitted(session(visitor));
  }

  private void emit(String... visitors) {
    for (String visitor : visitors) {
      ShownSessions.add(sessions, session(visitor));
    }
  }

  private void tell(long received, long position, SessionAnswer... told) {
    peers.news.put(A, new LiveNews(SampleCounters.counters(received), position, List.of(told)));
  }

  private void step() {
    live.step(0);
  }

  private void runPolls() {
    while (!polls.isEmpty()) {
      polls.remove().run();
    }
  }

  /** One second in which the others answer between its first and its second step. */
  private void second() {
    step();
    runPolls();
    for (int i = 1; i < STEPS_PER_SECOND; i++) {
      step();
    }
  }

  private LiveCounters newest() {
    return audience.counters.getLast();
  }

  @Test
  void nobodyListens_nobodyIsAsked() {
    audience.isPresent = false;

    second();

    assertThat(polls).isEmpty();
    assertThat(peers.asked).isEmpty();
    assertThat(audience.counters).isEmpty();
  }

  @Test
  void peer_isAskedOnceASecondFromWhereItStood() {
    tell(7, 40);
    second();
    tell(8, 42);
    second();
    second();

    assertThat(peers.asked)
        .containsExactly("a /v1/live", "a /v1/live?after=40", "a /v1/live?after=42");
    assertThat(audience.counters).hasSize(3);
  }

  @Test
  void counters_areSumsOverAllWhoAnswer() {
    tell(7, 0);
    second();

    assertThat(newest().status().received()).isEqualTo(107);
    assertThat(newest().instances()).isEqualTo(2);
    assertThat(newest().missing()).isEmpty();
  }

  @Test
  void firstCounters_waitForTheFirstAnswers() {
    step();
    step();

    assertThat(audience.counters).isEmpty();
  }

  @Test
  void peerThatIsSilent_isMissingAndAskedForTheSameAgain() {
    tell(7, 40);
    second();
    peers.news.clear();
    second();
    assertThat(newest().missing()).containsExactly("a:1");
    assertThat(newest().status().received()).isEqualTo(100);

    tell(9, 41, answer("late"));
    second();

    assertThat(peers.asked).endsWith("a /v1/live?after=40", "a /v1/live?after=40");
    assertThat(newest().missing()).isEmpty();
    assertThat(audience.visitors).containsExactly("late");
  }

  @Test
  void peerThatHangs_holdsUpNeitherSessionsNorCounters() {
    tell(7, 40);
    second();
    for (int i = 0; i < 2 * STEPS_PER_SECOND; i++) {
      step();
    }
    emit("own");
    step();

    assertThat(polls).hasSize(1);
    assertThat(audience.visitors).containsExactly("own");
    assertThat(audience.counters).hasSize(3);
    assertThat(newest().status().received()).isEqualTo(107);
  }

  @Test
  void group_isLookedAtAgain() {
    tell(7, 0);
    second();
    peers.group.set(0, B);
    second();

    assertThat(peers.asked).endsWith("b /v1/live");
    assertThat(newest().missing()).containsExactly("b:2");
  }

  @Test
  void sessionsOfBoth_areToldOwnFirst() {
    tell(7, 40);
    second();
    step();
    emit("own");
    tell(7, 41, answer("other"));
    runPolls();
    step();

    assertThat(audience.visitors).containsExactly("own", "other");
  }

  @Test
  void sessionsFromBeforeAnybodyListened_areNotTold() {
    audience.isPresent = false;
    emit("early");
    step();
    audience.isPresent = true;
    tell(7, 40);
    second();

    assertThat(audience.visitors).isEmpty();
  }

  @Test
  void pollFromBeforeEverybodyLeft_tellsNothing() {
    tell(7, 40, answer("old"));
    step();
    audience.isPresent = false;
    step();
    runPolls();
    audience.isPresent = true;
    step();

    assertThat(audience.visitors).isEmpty();
    assertThat(audience.counters).isEmpty();
  }

  @Test
  void sessionsThatThePeerNoLongerHas_countAsSkipped() {
    tell(0, 40);
    second();
    tell(0, 50, answer("x"));
    second();

    assertThat(newest().sessionsSkipped())
        .isEqualTo(2 * SampleCounters.counters(0).sessionsSkipped() + 9);
  }

  @Test
  void peerThatRestarted_isCountedFromZero() {
    tell(0, 40);
    second();
    tell(0, 2, answer("x"), answer("y"));
    second();

    assertThat(audience.visitors).containsExactly("x", "y");
    assertThat(newest().sessionsSkipped())
        .isEqualTo(2 * SampleCounters.counters(0).sessionsSkipped());
  }

  @Test
  void flood_isCutAndCounted() {
    tell(0, 0);
    second();
    step();
    emit(Collections.nCopies(1_000, "own").toArray(String[]::new));
    tell(0, 700, Collections.nCopies(700, answer("other")).toArray(SessionAnswer[]::new));
    runPolls();
    step();

    assertThat(audience.visitors).hasSize(1_000);
    assertThat(audience.visitors.subList(500, 1_000)).containsOnly("other");
    assertThat(newest().sessionsSkipped())
        .isEqualTo(2 * SampleCounters.counters(0).sessionsSkipped() + 200 + 500);
  }

  @Test
  void close_endsTheAudience() {
    live.close();
    live.close();

    assertThat(audience.isClosed).isTrue();
  }
}
