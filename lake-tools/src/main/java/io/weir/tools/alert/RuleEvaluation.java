package io.weir.tools.alert;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides the windows of a rule from sums of gold. The rehearsal and the live run both ask here, so
 * they agree.
 *
 * @param buckets the sums by the start of their bucket
 * @param knownFrom what lies before is not known
 */
record RuleEvaluation(
    AlertRule rule, Windows windows, NavigableMap<Instant, Sums> buckets, Instant knownFrom) {
  private static final int SCALE = 6;

  /** The sums of a bucket or a window. */
  record Sums(BigDecimal above, BigDecimal below, long sessions) {
    static final Sums NONE = new Sums(BigDecimal.ZERO, BigDecimal.ZERO, 0);

    Sums plus(Sums other) {
      return new Sums(above.add(other.above), below.add(other.below), sessions + other.sessions);
    }
  }

  /**
   * A window and what became of it.
   *
   * @param value null where a ratio has nothing below
   * @param reference the value of the window that it is compared with
   */
  record Decision(
      Instant start,
      Instant end,
      @Nullable BigDecimal value,
      @Nullable BigDecimal reference,
      long sessions,
      boolean isTrue) {}

  /** Copies the sums. */
  RuleEvaluation {
    buckets = new TreeMap<>(buckets);
  }

  /** Decides all windows that begin at or after a time and end at or before another. */
  List<Decision> decide(Instant from, Instant to) {
    var decisions = new ArrayList<Decision>();
    Instant start = windows.startOf(from);
    if (start.isBefore(from)) {
      start = windows.end(start);
    }
    for (Instant end = windows.end(start); !end.isAfter(to); end = windows.end(start)) {
      decisions.add(decide(start));
      start = end;
    }
    return decisions;
  }

  private Decision decide(Instant start) {
    Instant end = windows.end(start);
    Sums sums = sums(start, end);
    BigDecimal value = value(sums);
    Condition condition = rule.condition();
    Sums before = condition.kind().isRelative() ? reference(start) : null;
    BigDecimal reference = before == null ? null : value(before);
    boolean isTrue =
        sums.sessions() >= rule.leastSessions()
            && (before == null || before.sessions() >= rule.leastSessions())
            && condition.holds(value, reference);
    return new Decision(start, end, rounded(value), rounded(reference), sums.sessions(), isTrue);
  }

  private @Nullable Sums reference(Instant start) {
    Instant before = windows.before(start, rule.condition().days());
    return before.isBefore(knownFrom) ? null : sums(before, windows.end(before));
  }

  private Sums sums(Instant from, Instant to) {
    Sums sums = Sums.NONE;
    for (Sums each : buckets.subMap(from, true, to, false).values()) {
      sums = sums.plus(each);
    }
    return sums;
  }

  private @Nullable BigDecimal value(Sums sums) {
    AlertMetric metric = rule.metric();
    if (metric.below() == null) {
      return sums.above();
    }
    return sums.below().signum() == 0
        ? null
        : sums.above()
            .divide(
                sums.below().multiply(BigDecimal.valueOf(metric.divisor())),
                MathContext.DECIMAL128);
  }

  /** As shown; the decision is made before. */
  private static @Nullable BigDecimal rounded(@Nullable BigDecimal value) {
    if (value == null) {
      return null;
    }
    BigDecimal plain = value.setScale(SCALE, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0, RoundingMode.UNNECESSARY) : plain;
  }
}
