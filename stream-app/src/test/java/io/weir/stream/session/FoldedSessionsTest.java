package io.weir.stream.session;

import static io.weir.stream.session.Events.RULES;
import static io.weir.stream.session.Events.T0;
import static io.weir.stream.session.Events.event;
import static io.weir.stream.session.Events.pageView;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Session;
import io.weir.stream.session.codec.StoredParts;
import io.weir.stream.session.rules.SessionRules;
import io.weir.stream.session.sums.DistinctCount;
import io.weir.stream.session.sums.Fold;
import io.weir.stream.session.visitor.VisitorState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions with more events than the state keeps: each stays one, with sums of all its events. */
class FoldedSessionsTest {
  private static final long GAP = RULES.gap().toMillis();
  private static final int ORDERS = 6;

  /** Folds from ten events on. */
  private static final SessionRules FOLDING = rules(8, RULES.visitorMaxBytes());

  private static SessionRules rules(int maxEvents, int visitorMaxBytes) {
    return new SessionRules(
        RULES.gap(),
        RULES.grace(),
        RULES.allowedLateness(),
        RULES.maxDuration(),
        maxEvents,
        RULES.visitorMemory(),
        visitorMaxBytes,
        RULES.splits(),
        RULES.bots(),
        RULES.goals(),
        0);
  }

  /** One visitor, as the processor treats it: stored and read again now and then. */
  private static final class Run {
    private final Sessionizer sessionizer;
    private final StoredParts records = new StoredParts();
    private final Map<String, Session> live = new HashMap<>();
    private VisitorState state = new VisitorState();
    private int folded;

    private Run(SessionRules rules) {
      this.sessionizer = new Sessionizer(rules);
    }

    private Acceptance accept(EnrichedEvent event, long watermark) {
      Acceptance acceptance = sessionizer.accept(state, event, watermark);
      if (sessionizer.isFull(state)) {
        sessionizer.shrink("visitor", state, this::say);
        folded = Math.max(folded, folds().stream().mapToInt(Fold::events).sum());
      }
      return acceptance;
    }

    private List<Fold> folds() {
      return state.folds() == null ? List.of() : state.folds().folds().items();
    }

    private void storeAndLoad() {
      records.store(state);
      state = records.load();
    }

    private void settle(long watermark) {
      sessionizer.settle("visitor", state, watermark, this::say);
    }

    private void say(Session session) {
      Session before = live.put(session.getSessionKey(), session);
      assertThat(before == null || session.getRevision() > before.getRevision()).isTrue();
    }

    private List<Session> sessions() {
      settle(T0 + Duration.ofDays(10).toMillis());
      return live.values().stream()
          .filter(session -> !session.getIsRetracted())
          .sorted(Comparator.comparingLong(Session::getStartTime))
          .toList();
    }
  }

  private static List<EnrichedEvent> history(Random random) {
    var events = new ArrayList<EnrichedEvent>();
    long time = T0;
    int count = 20 + random.nextInt(60);
    for (int i = 0; i < count; i++) {
      String id = "e" + i;
      EnrichedEvent event =
          switch (random.nextInt(15)) {
            case 0 ->
                Events.order(
                    id,
                    time,
                    random.nextInt(1_000_000),
                    random.nextBoolean() ? null : "o" + random.nextInt(3));
            case 1 -> cart(id, "add_to_cart", time, random);
            case 10 -> cart(id, "remove_from_cart", time, random);
            case 2 -> event(id, "identify", time);
            case 3 -> PlainFeatures.viewed(event(id, "product_view", time), random);
            case 4 -> event(id, "checkout", time);
            case 5 -> event(id, "page_ping", time);
            case 6, 7 -> Events.placed(Events.ad(id, "ad_impression", time, ad(random)), random);
            case 9 -> Events.refund(id, time, random.nextInt(1_000));
            case 8 -> Events.placed(Events.ad(id, "ad_click", time, ad(random)), random);
            default -> pageView(id, time);
          };
      if (event.getUrlPath() != null) {
        event.setUrlPath("/page-" + random.nextInt(70));
      }
      if (random.nextInt(4) == 0) {
        event.setCampaignSource("source-" + random.nextInt(3));
        event.setReferrerClass("social");
        event.setReferrerDomain("site-" + random.nextInt(3));
      }
      event.setDevice(random.nextInt(3) == 0 ? "mobile" : null);
      event.setCountry(random.nextInt(3) == 0 ? "DE" : null);
      if (event.getOrderId() == null) {
        event.setAppId(random.nextInt(4) == 0 ? "app-" + random.nextInt(3) : null);
      }
      event.setCity(event.getCountry() == null ? null : "city-" + random.nextInt(3));
      event.setUserId(random.nextInt(5) == 0 ? "user-" + random.nextInt(3) : null);
      events.add(event);
      time += random.nextInt(25) == 0 ? GAP + 1 : random.nextLong(GAP / 10);
    }
    return events;
  }

  private static EnrichedEvent cart(String id, String type, long time, Random random) {
    return PlainCart.filled(event(id, type, time), random);
  }

  private static @Nullable String ad(Random random) {
    return random.nextInt(9) == 0 ? null : "ad-" + random.nextInt(2);
  }

  /** A session with only the columns that stay exact however many events it has. */
  private static Session exact(Session session) {
    session.setRevision(0);
    session.setLateEvents(0);
    session.setFeatures(new FeatureInputs());
    session.setIsBot(false);
    session.setBotReason(null);
    return session;
  }

  private static List<Session> inOrder(List<EnrichedEvent> history, SessionRules rules) {
    var run = new Run(rules);
    history.forEach(event -> run.accept(event, Watermark.NONE));
    return run.sessions();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void foldedInAnyOrder_saysTheSameAsAllEvents(long seed) {
    var random = new Random(seed);
    int folded = 0;
    for (int i = 0; i < 100; i++) {
      List<EnrichedEvent> history = history(random);
      List<Session> all = inOrder(history, RULES).stream().map(FoldedSessionsTest::exact).toList();
      for (int order = 0; order < ORDERS; order++) {
        var arrivals = new ArrayList<>(history);
        arrivals.addAll(history.subList(0, history.size() / 4));
        Collections.shuffle(arrivals, random);
        var run = new Run(FOLDING);
        long watermark = Watermark.NONE;
        for (EnrichedEvent event : arrivals) {
          run.accept(event, watermark);
          watermark = Math.max(watermark, event.getEventTime());
          if (random.nextInt(4) == 0) {
            run.settle(watermark);
          }
          run.storeAndLoad();
        }
        assertThat(run.sessions().stream().map(FoldedSessionsTest::exact)).isEqualTo(all);
        folded += run.folded;
      }
    }
    assertThat(folded).isGreaterThan(10_000);
  }

  /** No event falls between folded ones, so the features are exact as well. */
  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void foldedInOrder_saysAllTheSame(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      List<EnrichedEvent> history = history(random);

      assertThat(inOrder(history, FOLDING)).isEqualTo(inOrder(history, RULES));
    }
  }

  /** Both sessions are folded, then a late event joins them. */
  @Test
  void lateEventBetweenTwoFoldedSessions_mergesThem() {
    var run = new Run(FOLDING);
    long second = T0 + 100 + GAP + 1_000;
    for (int i = 0; i < 50; i++) {
      run.accept(pageView("a" + i, T0 + i), Watermark.NONE);
    }
    for (int i = 0; i < 50; i++) {
      run.accept(pageView("b" + i, second + i), Watermark.NONE);
    }
    run.settle(T0 + 4 * GAP);
    assertThat(run.live).hasSize(2);
    run.storeAndLoad();

    assertThat(run.accept(pageView("late", T0 + GAP / 2), T0 + 4 * GAP))
        .isEqualTo(Acceptance.IN_SESSION);
    assertThat(run.accept(pageView("a0", T0), T0 + 4 * GAP)).isEqualTo(Acceptance.DUPLICATE);

    assertThat(run.sessions())
        .singleElement()
        .satisfies(session -> {
          assertThat(session.getEvents()).isEqualTo(101);
          assertThat(session.getUniquePages()).isEqualTo(101);
          assertThat(session.getRevision()).isEqualTo(1);
          assertThat(session.getEndTime()).isEqualTo(second + 49);
        });
  }

  /** The features are those at the first purchase, as known when the purchase was folded. */
  @Test
  void lateEventBeforeAFoldedPurchase_countsAndChangesNoFeature() {
    var run = new Run(FOLDING);
    for (int i = 0; i < 30; i++) {
      long time = T0 + i * 1_000L;
      EnrichedEvent event = i == 3 ? Events.purchase("p", time, 7) : pageView("a" + i, time);
      run.accept(event, Watermark.NONE);
    }

    run.accept(pageView("late", T0 + 500), Watermark.NONE);

    assertThat(run.sessions())
        .singleElement()
        .satisfies(session -> {
          assertThat(session.getEvents()).isEqualTo(31);
          assertThat(session.getPageViews()).isEqualTo(30);
          assertThat(session.getPages()).startsWith("shop.example/a0", "shop.example/late");
          assertThat(session.getFeatures().getEvents()).isEqualTo(3);
          assertThat(session.getFeatures().getPageViews()).isEqualTo(3);
        });
  }

  @Test
  void foldedSessionsThatAreForgotten_leaveNothing() {
    var run = new Run(FOLDING);
    for (int i = 0; i < 500; i++) {
      run.accept(pageView("a" + i, T0 + i), Watermark.NONE);
    }
    run.settle(T0 + 2 * GAP);
    run.storeAndLoad();

    run.settle(T0 + Duration.ofDays(2).toMillis());
    run.storeAndLoad();

    assertThat(run.folds()).isEmpty();
    assertThat(Objects.requireNonNull(run.state.folds()).ids().items()).isEmpty();
    assertThat(run.records.parts).isEmpty();
    run.accept(pageView("next", T0 + Duration.ofDays(3).toMillis()), Watermark.NONE);
    assertThat(run.sessions().getLast().getVisitorSessionNumber()).isEqualTo(2);
  }

  /** The day is like that of an editing robot of a large site: all pauses are far below the gap. */
  @Test
  void robotsDay_isOneExactSession() {
    int count = 3_385;
    long day = Duration.ofMinutes(936).toMillis();
    var random = new Random(9);
    var times = random.longs(count, T0, T0 + day).sorted().toArray();
    var events = new ArrayList<EnrichedEvent>();
    for (int i = 0; i < count; i++) {
      EnrichedEvent event = pageView("e" + i, times[i]);
      event.setUrlPath("/wiki/A_page_with_a_name_of_usual_length_" + random.nextInt(2_000));
      events.add(event);
    }
    Collections.shuffle(events, random);

    var run = new Run(RULES);
    events.forEach(event -> run.accept(event, Watermark.NONE));

    assertThat(run.sessions())
        .singleElement()
        .satisfies(session -> {
          assertThat(session.getEvents()).isEqualTo(count);
          assertThat(session.getDurationMs()).isEqualTo(times[count - 1] - times[0]);
          assertThat(session.getFeatures().getEvents()).isEqualTo(count);
        });
    assertThat(run.folded).isZero();
  }

  /** The events arrive in two orders: as they happened, and shuffled. */
  @Test
  void sessionOf20000Events_isExactInAnyOrder() {
    var events = new ArrayList<EnrichedEvent>();
    for (int i = 0; i < 20_000; i++) {
      EnrichedEvent event =
          i % 50 == 49
              ? Events.purchase("e" + i, T0 + i * 1_000L, i)
              : pageView("e" + i, T0 + i * 1_000L);
      event.setUrlPath("/a/page/with/a/name/of/usual/length/" + i % 9_000);
      event.setUrlDomain("www.shop.example");
      events.add(event);
    }
    var sessions = new ArrayList<List<Session>>();
    for (int order = 0; order < 2; order++) {
      var run = new Run(RULES);
      for (int i = 0; i < events.size(); i++) {
        run.accept(events.get(i), Watermark.NONE);
        if (i % 1_000 == 0) {
          run.storeAndLoad();
        }
      }
      assertThat(run.folded).isZero();
      sessions.add(run.sessions());
      Collections.shuffle(events, new Random(order));
    }

    assertThat(sessions.getFirst()).isEqualTo(sessions.getLast());
    assertThat(sessions.getFirst())
        .singleElement()
        .satisfies(session -> {
          assertThat(session.getEvents()).isEqualTo(20_000);
          assertThat(session.getUniquePages()).isEqualTo(9_000);
          assertThat(session.getPurchases()).isEqualTo(400);
        });
  }

  /** The number of distinct pages is an estimate beyond the number up to which it is exact. */
  @Test
  void distinctPagesOfAFoldedSession_areRightWithinThreeStandardErrors() {
    int count = 100_000;
    var run = new Run(RULES);
    for (int i = 0; i < count; i++) {
      run.accept(pageView("e" + i, T0 + i * 100L), Watermark.NONE);
    }

    Session session = run.sessions().getFirst();

    assertThat(session.getEvents()).isEqualTo(count);
    double error = 1 / Math.sqrt(DistinctCount.EXACT - 2.0);
    assertThat((double) session.getUniquePages())
        .isBetween(count * (1 - 3 * error), count * (1 + 3 * error));
  }

  /** A visitor may take few bytes here, so they cause folding long before the events do. */
  @Test
  void visitorOfManyBytes_keepsItsLastSessionWhole() {
    var run = new Run(rules(RULES.maxEvents(), 1 << 20));
    int largest = 0;
    for (int i = 0; i < 5_000; i++) {
      EnrichedEvent event = pageView("e" + i, T0 + i * 1_000L);
      event.setUrlPath("/" + "x".repeat(2_000) + i);
      assertThat(run.accept(event, Watermark.NONE)).isEqualTo(Acceptance.IN_SESSION);
      largest = Math.max(largest, run.state.encodedSize());
    }

    assertThat(run.folded).isPositive();
    assertThat(run.sessions()).singleElement().extracting(Session::getEvents).isEqualTo(5_000);
  }
}
