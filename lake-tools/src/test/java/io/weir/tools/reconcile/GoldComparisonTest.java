package io.weir.tools.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.ManualClock;
import io.weir.tools.reconcile.GoldComparison.Pace;
import io.weir.tools.reconcile.GoldComparison.Result;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

class GoldComparisonTest {
  private static final CellKey TOTAL = key("", "");
  private static final CellKey BERLIN = key("city", "Berlin");
  private static final CellKey PARIS = key("city", "Paris");

  private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final TreeMap<CellKey, Integer> silver = new TreeMap<>();
  private final TreeMap<CellKey, Integer> gold = new TreeMap<>();
  private final List<Map<CellGroup, BucketRange>> looks = new ArrayList<>();
  private IntConsumer beforeLook = _ -> {};

  private static CellKey key(String dimension, String value) {
    return new CellKey(RestCells.DAYS, dimension, 86_400_000, false, value);
  }

  private Sides.Moment look(Map<CellGroup, BucketRange> ranges, CellPairs pairs) {
    looks.add(ranges);
    beforeLook.accept(looks.size());
    var keys = new TreeSet<>(silver.keySet());
    keys.addAll(gold.keySet());
    keys.forEach(key -> pairs.take(key, figures(silver.get(key)), figures(gold.get(key))));
    return new Sides.Moment(new Sides.Snapshots(looks.size(), 0), clock.instant(), 0);
  }

  private static Map<String, BigDecimal> figures(@org.jspecify.annotations.Nullable Integer n) {
    return n == null ? Map.of() : Map.of("sessions", BigDecimal.valueOf(n));
  }

  private Result run(int mostOpen) throws SQLException {
    var pace =
        new Pace(
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            () -> clock.advance(Duration.ofSeconds(1)),
            mostOpen);
    return new GoldComparison(this::look, clock, pace).run(Map.of(RestCells.DAYS, BucketRange.ALL));
  }

  private void both(CellKey key, int sessions) {
    silver.put(key, sessions);
    gold.put(key, sessions);
  }

  @Test
  void equalSides_needOneLook() throws SQLException {
    both(TOTAL, 3);
    both(PARIS, 3);

    Result result = run(10);

    assertThat(looks).hasSize(1);
    assertThat(result.cells()).isEqualTo(2);
    assertThat(result.sessions()).isEqualByComparingTo("3");
    assertThat(result.differences()).isEmpty();
    assertThat(result.isDecided()).isTrue();
  }

  @Test
  void wrongMissingAndSurplusCells_areDifferencesOnceTheyStoodStill() throws SQLException {
    both(TOTAL, 3);
    gold.put(TOTAL, 4);
    silver.put(BERLIN, 1);
    gold.put(PARIS, 1);

    Result result = run(10);

    assertThat(result.differences())
        .extracting(OpenCell::key)
        .containsExactly(TOTAL, BERLIN, PARIS);
    assertThat(result.isDecided()).isTrue();
    assertThat(looks).hasSize(11);
  }

  @Test
  void goldAhead_isEqualWhenSilverFollows() throws SQLException {
    gold.put(PARIS, 2);
    beforeLook =
        look -> {
          if (look == 5) {
            silver.put(PARIS, 2);
          }
        };

    Result result = run(10);

    assertThat(looks).hasSize(5);
    assertThat(result.differences()).isEmpty();
    assertThat(result.isDecided()).isTrue();
  }

  @Test
  void cellThatVanishesOnBothSides_isEqual() throws SQLException {
    gold.put(PARIS, 2);
    beforeLook =
        look -> {
          if (look == 2) {
            gold.clear();
          }
        };

    assertThat(run(10).isDecided()).isTrue();
  }

  @Test
  void cellThatNeverStandsStill_isMoving_notDifferent() throws SQLException {
    silver.put(PARIS, 1);
    beforeLook = look -> gold.put(PARIS, 100 + look / 5);

    Result result = run(10);

    assertThat(result.differences()).isEmpty();
    assertThat(result.moving()).extracting(OpenCell::key).containsExactly(PARIS);
    assertThat(result.isDecided()).isFalse();
    assertThat(looks).hasSize(61);
  }

  @Test
  void movingCell_doesNotHideADifferentOne() throws SQLException {
    gold.put(BERLIN, 1);
    beforeLook = look -> gold.put(PARIS, look);

    Result result = run(10);

    assertThat(result.differences()).extracting(OpenCell::key).containsExactly(BERLIN);
    assertThat(result.moving()).extracting(OpenCell::key).containsExactly(PARIS);
  }

  @Test
  void slowLooks_takeNothingFromThePatience() throws SQLException {
    gold.put(PARIS, 2);
    beforeLook =
        look -> {
          clock.advance(Duration.ofSeconds(100));
          if (look == 2) {
            silver.put(PARIS, 2);
          }
        };

    assertThat(run(10).isDecided()).isTrue();
    assertThat(looks).hasSize(2);
  }

  @Test
  void slowLooks_stillFindWhatStoodStill() throws SQLException {
    gold.put(PARIS, 2);
    beforeLook = _ -> clock.advance(Duration.ofSeconds(100));

    Result result = run(10);

    assertThat(result.differences()).extracting(OpenCell::key).containsExactly(PARIS);
    assertThat(looks).hasSize(3);
  }

  @Test
  void laterLooks_readOnlyTheBucketsThatDiffer() throws SQLException {
    both(key("city", "Rome"), 1);
    gold.put(PARIS, 1);

    run(10);

    Instant start = Instant.ofEpochMilli(86_400_000);
    assertThat(looks.get(1))
        .isEqualTo(Map.of(RestCells.DAYS, new BucketRange(start, start.plusMillis(1))));
  }

  @Test
  void tooManyDifferences_endTheComparison_undecided() throws SQLException {
    for (int i = 0; i < 5; i++) {
      gold.put(key("city", "c" + i), 1);
    }

    Result result = run(3);

    assertThat(result.differences()).hasSize(3);
    assertThat(result.isCut()).isTrue();
    assertThat(result.isDecided()).isFalse();
  }

  @Test
  void cutComparisonWhoseCellsBecomeEqual_beginsAgain() throws SQLException {
    for (int i = 0; i < 5; i++) {
      gold.put(key("city", "c" + i), 1);
    }
    beforeLook =
        look -> {
          if (look == 3) {
            silver.putAll(gold);
          }
        };

    Result result = run(3);

    assertThat(result.cells()).isEqualTo(5);
    assertThat(result.isCut()).isFalse();
    assertThat(result.isDecided()).isTrue();
  }
}
