package io.weir.tools.alert;

import io.weir.process.StartupException;
import io.weir.tools.alert.RuleEvaluation.Decision;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says when a rule would have fired, by the numbers that gold has now. */
final class Rehearsal {
  private final Connection connection;
  private final Duration quartersKept;
  private final Clock clock;

  Rehearsal(Connection connection, Duration quartersKept, Clock clock) {
    this.connection = connection;
    this.quartersKept = quartersKept;
    this.clock = clock;
  }

  void print(AlertRule rule, Instant since, PrintWriter out) throws SQLException {
    rule.checkAgainst(quartersKept);
    out.println(rule.name() + ": " + rule.text());
    Optional<GoldHistory> gold = GoldHistory.of(connection);
    if (gold.isEmpty()) {
      out.println("gold has no history yet");
      return;
    }
    Instant now = clock.instant();
    check(rule, since, now);
    Instant firstDay = gold.get().firstDay();
    Instant from = since.isBefore(firstDay) ? firstDay : since;
    Instant to = gold.get().decidable(rule, now);
    RuleEvaluation evaluation = gold.get().evaluation(connection, rule, from, to);
    List<Decision> all = evaluation.decide(from, to);
    print(all, out);
    for (Decision each : all) {
      if (each.isTrue()) {
        out.println(text(each, rule.countsSessions()));
      }
    }
  }

  private void check(AlertRule rule, Instant since, Instant now) {
    Duration kept = quartersKept.minusDays(rule.condition().days());
    if (!rule.isOfDays() && since.isBefore(now.minus(kept))) {
      throw new StartupException(
          "gold keeps 15 minutes for %d days; choose a later --since, or a window of 1d"
              .formatted(quartersKept.toDays()));
    }
  }

  private static void print(List<Decision> all, PrintWriter out) {
    if (all.isEmpty()) {
      out.println("no window has ended since then that can be decided");
      return;
    }
    out.printf(
        "%d windows from %s to %s%n", all.size(), all.getFirst().start(), all.getLast().end());
    long fired = all.stream().filter(Decision::isTrue).count();
    out.println(
        fired == 0
            ? "would not have fired"
            : "would have fired " + fired + (fired == 1 ? " time:" : " times:"));
  }

  private static String text(Decision fired, boolean countsSessions) {
    return "%s  value %s%s%s"
        .formatted(
            fired.start(),
            text(fired.value()),
            fired.reference() == null ? "" : "  against " + text(fired.reference()),
            countsSessions ? "  sessions " + fired.sessions() : "");
  }

  private static String text(@Nullable BigDecimal value) {
    return value == null ? "unknown" : value.toPlainString();
  }
}
