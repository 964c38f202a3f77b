package io.weir.training.click;

import static io.weir.training.click.PlantedImpressions.START;
import static io.weir.training.click.PlantedImpressions.event;
import static io.weir.training.click.PlantedImpressions.impression;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.model.feature.ClickFeature;
import io.weir.model.feature.ClickSchema;
import io.weir.model.feature.VisitorEvent;
import io.weir.training.session.LabelledRow;
import io.weir.training.session.LabelledRows;
import io.weir.training.session.LakeSessions.Range;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImpressionSetTest {
  private static final long DAY = 24 * 3_600_000L;
  private static final long MIDNIGHT = Math.floorDiv(START, DAY) * DAY;
  private static final long LATER = MIDNIGHT + 9 * DAY;

  private record Given(String visitor, VisitorEvent event) {}

  @Test
  void rates_areThoseOfEarlierDays() {
    var events = new ArrayList<Given>();
    for (int number = 0; number < 100; number++) {
      long time = MIDNIGHT + number * 60_000L;
      events.add(new Given("v" + number, impression("a", 1, time)));
      if (number % 4 == 0) {
        events.add(new Given("v" + number, event("ad_click", "a", null, time + 1_000)));
      }
      events.add(new Given("v" + number, impression("b", 2, time + 2_000)));
    }
    events.add(new Given("w", impression("a", 1, MIDNIGHT + DAY)));
    events.add(new Given("w", impression("new", 1, MIDNIGHT + DAY + 1)));
    ImpressionSet set = set(events);

    List<LabelledRow> rows = set.rows().rows();

    assertThat(rows).hasSize(202);
    assertThat(rows.subList(0, 200))
        .allSatisfy(row -> assertThat(value(row, ClickFeature.AD_RATE)).isNaN());
    // 25 of 100, and 50 more with the share of all, which is 25 of 200.
    double expected = (25 + 50 * 0.125) / 150;
    assertThat(value(rows.get(200), ClickFeature.AD_RATE)).isEqualTo((float) expected);
    assertThat(value(rows.get(201), ClickFeature.AD_RATE)).isEqualTo(0.125f);
    // The model's own table knows the last day, too.
    double all = 25.0 / 202;
    assertThat(set.rates().ad().rate("a"))
        .isCloseTo((float) ((25 + 50 * all) / 151), within(1e-6f));
    assertThat(set.rates().ad().rate("never")).isCloseTo((float) all, within(1e-6f));
    // An impression of the first day is served with it.
    assertThat(rows.getFirst().served())
        .containsExactly(
            set.rates().ad().rate("a"),
            set.rates().page().rate("/"),
            set.rates().position().rate("1"));
  }

  @Test
  void clickAfterMidnight_isNotSeenJustAfterMidnight() {
    long midnight = MIDNIGHT + DAY;
    long halfHour = ClickMatching.MATCH_MS;
    ImpressionSet set =
        set(
            List.of(
                new Given("v", impression("a", 1, midnight - halfHour)),
                new Given("v", event("ad_click", "a", null, midnight)),
                new Given("w", impression("a", 1, midnight)),
                new Given("w", impression("a", 1, midnight + 5 * 60_000)),
                new Given("w", impression("a", 1, midnight + DAY))));

    List<LabelledRow> rows = set.rows().rows();

    assertThat(rows.get(0).outcome()).isTrue();
    assertThat(value(rows.get(1), ClickFeature.AD_RATE)).isNaN();
    assertThat(value(rows.get(2), ClickFeature.AD_RATE)).isNaN();
    assertThat(value(rows.get(3), ClickFeature.AD_RATE)).isGreaterThan(0);
  }

  /** What happens at the time of an impression or after it does not change its features. */
  @Test
  void future_doesNotLeak() {
    var random = new Random(3);
    List<Given> events = traffic(random);
    List<LabelledRow> rows = set(events).rows().rows();
    for (int trial = 0; trial < 25; trial++) {
      LabelledRow row = rows.get(random.nextInt(rows.size()));
      var changed = new ArrayList<Given>();
      events.stream().filter(given -> given.event.time() < row.time()).forEach(changed::add);
      events.stream().filter(given -> isItself(given, row)).forEach(changed::add);
      changed.addAll(otherFuture(row, random));

      LabelledRow same = find(set(changed).rows().rows(), row);

      assertThat(same.vector()).containsExactly(row.vector());
    }
  }

  private static boolean isItself(Given given, LabelledRow row) {
    return given.event.time() == row.time()
        && given.visitor.equals(row.visitor())
        && given.event.isImpression();
  }

  /** Clicks, purchases and impressions of all ads by the visitor and others. */
  private static List<Given> otherFuture(LabelledRow row, Random random) {
    var future = new ArrayList<Given>();
    for (int number = 0; number < 200; number++) {
      long time = row.time() + random.nextInt(3_600_000);
      String visitor = number % 2 == 0 ? row.visitor() : "visitor-" + random.nextInt(40);
      String ad = "ad-" + random.nextInt(5);
      future.add(new Given(visitor, event("ad_click", ad, null, time)));
      future.add(new Given(visitor, event("purchase", null, null, time)));
      future.add(new Given(visitor, impression(ad, 2, time + 1)));
    }
    return future;
  }

  @Test
  void orderOfReading_changesNothing() {
    List<Given> events = traffic(new Random(5));
    List<LabelledRow> rows = set(events).rows().rows();
    Collections.shuffle(events, new Random(6));

    List<LabelledRow> shuffled = set(events).rows().rows();

    assertThat(shuffled).hasSameSizeAs(rows);
    for (int at = 0; at < rows.size(); at++) {
      assertThat(shuffled.get(at).vector()).containsExactly(rows.get(at).vector());
      assertThat(shuffled.get(at).outcome()).isEqualTo(rows.get(at).outcome());
    }
  }

  @Test
  void impressionsWhoseClickMayStillCome_andThoseOfBots_areLeftOut() {
    ImpressionSet set = set(List.of());
    add(set, new Given("v", impression("a", 1, START)));
    add(set, new Given("v", impression("a", 1, START + 1)));
    set.add("bot", "id", true, impression("a", 1, START));
    add(set, new Given("v", event("page_view", null, null, START + ClickMatching.MATCH_MS)));

    LabelledRows rows = set.rows();

    assertThat(rows.rows()).hasSize(1);
    assertThat(rows.undecided()).isEqualTo(1);
    assertThat(rows.leftOut()).isEqualTo(1);
  }

  /** Forty visitors over three days; no two events have one time. */
  private static List<Given> traffic(Random random) {
    var events = new ArrayList<Given>();
    for (int number = 0; number < 2_000; number++) {
      long time = MIDNIGHT + 3L * number * DAY / 2_000 + random.nextInt(1_000);
      String ad = "ad-" + random.nextInt(5);
      events.add(
          new Given(
              "visitor-" + random.nextInt(40),
              switch (random.nextInt(4)) {
                case 0 -> event("page_view", null, null, time);
                case 1 -> event("ad_click", ad, null, time);
                default -> impression(ad, 1 + random.nextInt(3), time);
              }));
    }
    return events;
  }

  private static LabelledRow find(List<LabelledRow> rows, LabelledRow wanted) {
    return rows.stream()
        .filter(row -> row.time() == wanted.time() && row.visitor().equals(wanted.visitor()))
        .findFirst()
        .orElseThrow();
  }

  /** The newest event is days later, so that all impressions are decided. */
  private static ImpressionSet set(List<Given> events) {
    var set = new ImpressionSet(new LabelledRows.Source("test", null, Range.ALL));
    events.forEach(given -> add(set, given));
    if (!events.isEmpty()) {
      add(set, new Given("last", event("page_view", null, null, LATER)));
    }
    return set;
  }

  private static void add(ImpressionSet set, Given given) {
    VisitorEvent event = given.event;
    set.add(given.visitor, given.visitor + event.time() + event.type() + event.ad(), false, event);
  }

  private static float value(LabelledRow row, ClickFeature feature) {
    return row.vector()[ClickSchema.place(feature)];
  }
}
