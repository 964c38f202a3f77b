package io.weir.tools.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.tools.rebuild.CellComparison.Difference;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ComparisonReportTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");

  private final StringWriter printed = new StringWriter();

  @Test
  void noDifference_isEqual() {
    var report = new ComparisonReport(NOON, false);
    report.compared(7);
    report.compared(5);

    assertThat(code(report)).isZero();
    assertThat(printed).hasToString("12 cells are equal" + System.lineSeparator());
  }

  @Test
  void bucketThatEndedBeforeFinality_isDifferent() {
    var report = new ComparisonReport(NOON, false);
    report.add(difference("15m", NOON.minusSeconds(15 * 60)));

    assertThat(code(report)).isEqualTo(1);
    assertThat(printed.toString()).startsWith("different:").contains("2026-03-01T11:45:00Z", "-2");
  }

  @Test
  void bucketThatEndsLater_canStillChange() {
    var report = new ComparisonReport(NOON, false);
    report.add(difference("15m", NOON.minusSeconds(15 * 60 - 1)));

    assertThat(code(report)).isEqualTo(2);
    assertThat(printed.toString()).startsWith("different, but can still change:");
  }

  @Test
  void dayIsFinal_whenTheLongestDayIsOver() {
    var before = new ComparisonReport(MIDNIGHT.plusSeconds(25 * 3600 - 1), false);
    before.add(difference("day", MIDNIGHT));
    var after = new ComparisonReport(MIDNIGHT.plusSeconds(25 * 3600), false);
    after.add(difference("day", MIDNIGHT));

    assertThat(code(before)).isEqualTo(2);
    assertThat(code(after)).isEqualTo(1);
  }

  @Test
  void atRest_everyDifferenceCounts() {
    var report = new ComparisonReport(Instant.MIN, true);
    report.add(difference("day", NOON));

    assertThat(code(report)).isEqualTo(1);
  }

  @Test
  void lateEvents_areFinalOnlyAtRest() {
    var running = new ComparisonReport(NOON, false);
    running.add(difference("late", "15m", NOON.minus(Duration.ofDays(40))));
    var atRest = new ComparisonReport(NOON, true);
    atRest.add(difference("late", "15m", NOON.minus(Duration.ofDays(40))));

    assertThat(code(running)).isEqualTo(2);
    assertThat(code(atRest)).isEqualTo(1);
  }

  @Test
  void manyDifferences_areCounted() {
    var report = new ComparisonReport(NOON, true);
    for (int i = 0; i < 53; i++) {
      report.add(difference("15m", NOON));
    }

    assertThat(code(report)).isEqualTo(1);
    assertThat(printed.toString())
        .contains("… and 3 more", "53 numbers are different, and 0 that can still change");
  }

  private int code(ComparisonReport report) {
    return report.print(new PrintWriter(printed));
  }

  private static Difference difference(String grain, Instant bucket) {
    return difference("sessions", grain, bucket);
  }

  private static Difference difference(String subject, String grain, Instant bucket) {
    return new Difference(
        subject,
        grain,
        bucket,
        false,
        "country",
        "DE",
        "purchases",
        BigDecimal.valueOf(5),
        BigDecimal.valueOf(3));
  }
}
