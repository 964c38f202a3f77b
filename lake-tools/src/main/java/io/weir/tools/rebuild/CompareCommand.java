package io.weir.tools.rebuild;

import io.weir.process.StartupException;
import io.weir.process.TimeText;
import io.weir.tools.rebuild.CellComparison.Part;
import io.weir.tools.rebuild.CellComparison.Progress;
import io.weir.tools.settings.ToolSettings;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code gold compare}: the rebuilt cells beside the live ones, number by number. */
@Command(
    name = "compare",
    description = {
      "Compares the cells that gold load has loaded with those of gold, number by number, added up",
      "over partitions. Code 0: equal; 1: different; 2: only numbers that can still change differ."
    },
    footer = {
      "",
      "Buckets of 15 minutes and days are compared; days only if both have the same time zone.",
      "Numbers of data quality are not compared: they belong to the time of processing.",
      "",
      "Example: gold compare rebuild --to 2026-03-01"
    })
final class CompareCommand implements Callable<Integer> {
  private final Supplier<ToolSettings> settings;
  private final Clock clock;

  @Mixin private RebuildOptions rebuild = new RebuildOptions();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "buckets that start then or later: 2026-03-01T12:00:00Z, 2026-03-01 (UTC), or 2h for two"
              + " hours ago; default: all")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "buckets that start before this time; default: all")
  private @Nullable String to;

  @Option(
      names = "--at-rest",
      description = "no events come on either side: numbers that can still change must be equal")
  private boolean isAtRest;

  CompareCommand(Supplier<ToolSettings> settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    Instant start = time("--from", from, Instant.EPOCH.minus(Duration.ofDays(365_000)));
    Instant end = time("--to", to, Instant.parse("9999-12-31T00:00:00Z"));
    if (!start.isBefore(end)) {
      throw new StartupException("--from " + start + " is not before --to " + end);
    }
    ToolSettings at = settings.get();
    RebuildName name = rebuild.name(at);
    try (var gold = RebuiltGold.connect(at.postgres(), name)) {
      gold.connection().setReadOnly(true);
      gold.connection().setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return compare(new CellComparison(gold.connection(), name), at, start, end);
    } catch (SQLException e) {
      throw RebuiltGold.failure(e);
    }
  }

  private int compare(CellComparison comparison, ToolSettings at, Instant start, Instant end)
      throws SQLException {
    Progress live = comparison.live();
    Progress rebuilt = comparison.rebuilt();
    var verdict = new ComparisonReport(finalUntil(live, rebuilt), isAtRest);
    Instant quarters = later(start, quartersFrom(comparison, at, live, rebuilt));
    verdict.compared(comparison.run(new Part("15m", quarters, end), verdict::add));
    boolean hasDays = Objects.equals(live.zone(), rebuilt.zone());
    if (hasDays) {
      verdict.compared(comparison.run(new Part("day", start, end), verdict::add));
    }
    PrintWriter out = rebuild.out();
    if (!hasDays) {
      out.println(
          "The days of gold are those of "
              + live.zone()
              + ", the rebuilt ones those of "
              + rebuilt.zone()
              + ": only buckets of 15 minutes are compared, from "
              + quarters
              + " on.");
    }
    comparison.loss().print(out);
    return verdict.print(out);
  }

  private static Instant finalUntil(Progress live, Progress rebuilt) {
    Instant one = live.settled();
    Instant other = rebuilt.settled();
    if (one == null || other == null) {
      return Instant.MIN;
    }
    return one.isBefore(other) ? one : other;
  }

  /** Older buckets of 15 minutes may be gone on one side only. */
  private static Instant quartersFrom(
      CellComparison comparison, ToolSettings at, Progress live, Progress rebuilt)
      throws SQLException {
    Instant from = comparison.quartersFrom();
    for (Progress each : List.of(live, rebuilt)) {
      Instant settled = each.settled();
      if (settled != null) {
        from = later(from, settled.minus(at.quartersKept()).plus(Duration.ofDays(1)));
      }
    }
    return from;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private Instant time(String option, @Nullable String text, Instant otherwise) {
    return text == null ? otherwise : TimeText.parse(option, text, clock);
  }
}
