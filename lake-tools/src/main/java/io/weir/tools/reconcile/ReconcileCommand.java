package io.weir.tools.reconcile;

import io.weir.contract.GoldKey.Grain;
import io.weir.lake.table.LakeCatalog;
import io.weir.process.Durations;
import io.weir.process.ExitCodes;
import io.weir.process.StartupException;
import io.weir.process.TimeText;
import io.weir.tools.reconcile.GoldComparison.Pace;
import io.weir.tools.reconcile.GoldComparison.Result;
import io.weir.tools.reconcile.ReconciliationBook.Entry;
import io.weir.tools.settings.ToolSettings;
import io.weir.tools.sql.LakeSql;
import java.io.PrintWriter;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command {@code reconcile}: compares gold with an independent SQL over the lake. The exit code
 * is 1 if figures differ, and 2 if some were still moving.
 */
@Command(
    name = "reconcile",
    description = {
      "Proves that gold's numbers are those of an independent SQL over silver.",
      "Prints the figures that differ and ends with 1. If figures still move, ends with 2."
    },
    footer = {
      "",
      "Figures that differ are looked at each second. A figure that stood still on both sides",
      "for the roll interval of lake-sink and 5 seconds is a difference. See docs/reconcile.md.",
      "",
      "Example: reconcile --from 2026-03-01 --to 2026-03-08"
    })
public final class ReconcileCommand implements Callable<Integer> {
  private static final int UNDECIDED = 2;
  private static final int MOST_OPEN = 10_000;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /**
   * Gold says what cannot change any more, which lies days behind the time up to which it has
   * settled, and settles on while figures are compared.
   */
  private static final Duration QUARTERS_MARGIN = Duration.ofDays(7);

  /** The time that a commit may take after lake-sink decided on it. */
  private static final Duration COMMIT = Duration.ofSeconds(5);

  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(60);

  /** The range that was asked for, and what silver has of it. */
  private record Wanted(BucketRange range, SubjectRanges kept) {}

  private final Supplier<ToolSettings> settings;
  private final Clock clock;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "the first start of a bucket: 2026-03-01T12:00:00Z, 2026-03-01 (UTC), or 2h for two"
              + " hours ago; default: all of silver")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "buckets that start before this time; default: all of silver")
  private @Nullable String to;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description =
          "how long figures that differ are looked at; default: 60s, or longer if the roll"
              + " interval of lake-sink needs it")
  private @Nullable String patience;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "the address of stream-app, for example http://127.0.0.1:8180: compares days"
              + " over REST, too")
  private @Nullable String url;

  private Duration commit = COMMIT;

  public ReconcileCommand(Supplier<ToolSettings> settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Sets how long a commit of lake-sink may take, for a lake into which nothing is written. */
  void commitsWithin(Duration time) {
    commit = time;
  }

  @Override
  public Integer call() {
    var wanted =
        new BucketRange(
            time("--from", from, BucketRange.ALL.from()), time("--to", to, BucketRange.ALL.to()));
    if (wanted.isEmpty()) {
      throw new StartupException("--from is not before --to");
    }
    Optional<Duration> longest = Optional.ofNullable(patience).map(ReconcileCommand::duration);
    Optional<URI> rest = Optional.ofNullable(url).map(ReconcileCommand::address);
    ToolSettings current = settings.get();
    Duration still = current.rollInterval().plus(commit);
    Duration usual = longer(LEAST_PATIENCE, still.multipliedBy(2));
    return run(
        current,
        wanted,
        new Pace(longest.orElse(usual), still, ReconcileCommand::pause, MOST_OPEN),
        rest);
  }

  private int run(ToolSettings current, BucketRange wanted, Pace pace, Optional<URI> rest) {
    Catalog catalog = LakeCatalog.connectToRead(current.lake());
    try (LakeSql lake = LakeSql.streaming(catalog)) {
      SilverSums silver = SilverSums.of(lake, current.siteZone(), current.orderMemory());
      var kept = SubjectRanges.of(catalog, current.orderMemory());
      BucketRange held = wanted.notBefore(kept.sessionsFrom());
      if (held.isEmpty()) {
        throw new StartupException(
            "silver keeps no session that starts before " + kept.sessionsFrom());
      }
      int gold = compareGold(current, silver, new Wanted(wanted, kept), pace);
      return rest.isEmpty()
          ? gold
          : worse(gold, compareRest(rest.get(), current, silver, new Wanted(wanted, kept), pace));
    } catch (NoSuchTableException e) {
      throw new StartupException(
          "the lake has no tables yet (" + e.getMessage() + "); start lake-sink once", e);
    } catch (SQLException e) {
      throw new StartupException(
          "the figures cannot be read: " + firstLine(e) + "; see WEIR_POSTGRES_…, WEIR_SINK_…", e);
    } finally {
      LakeCatalog.close(catalog);
    }
  }

  private Instant time(String option, @Nullable String text, Instant otherwise) {
    return text == null ? otherwise : TimeText.parse(option, text, clock);
  }

  private static Duration duration(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new StartupException("--wait " + e.getMessage(), e);
    }
  }

  private int compareGold(ToolSettings current, SilverSums silver, Wanted wanted, Pace pace)
      throws SQLException {
    if (!wanted.kept().hasVisitors()) {
      spec.commandLine()
          .getOut()
          .println("Visitors are not compared, because silver has removed days before.");
    }
    try (GoldSums gold = GoldSums.connect(current.postgres())) {
      Sides sides = new LakeAndGold(silver, gold);
      if (gold.hasVisitorCarts()) {
        Instant kept = wanted.kept().sessionsFrom();
        sides =
            VisitorCarts.beside(
                sides, silver, kept, gold, days -> gold.visitorCarts(days, current.siteZone()));
      }
      var comparison = new GoldComparison(sides, clock, pace);
      Map<Grain, BucketRange> ranges = ranges(current, wanted.range(), gold);
      Map<CellGroup, BucketRange> groups = wanted.kept().of(ranges);
      Result result = comparison.run(groups);
      String subject = ReconciliationBook.subject(groups.keySet());
      return told(new Entry(subject, "gold", wanted.range(), result), current);
    }
  }

  private int compareRest(
      URI address, ToolSettings current, SilverSums silver, Wanted wanted, Pace pace)
      throws SQLException {
    try (GoldSums gold = GoldSums.connect(current.postgres());
        var rest =
            new RestCells(address, current.siteZone(), current.httpKey(), current.httpTrust())) {
      Sides sides = new LakeAndRest(silver, gold, rest, clock);
      if (gold.hasVisitorCarts() && RestCarts.areOffered(rest, spec.commandLine().getOut())) {
        var carts = new RestCarts(rest, silver, current.siteZone());
        sides = VisitorCarts.beside(sides, silver, wanted.kept().sessionsFrom(), gold, carts);
      }
      var comparison = new GoldComparison(sides, clock, pace);
      Map<Grain, BucketRange> days = Map.of(Grain.DAY, wanted.range());
      Map<CellGroup, BucketRange> groups = wanted.kept().of(days);
      Result result = comparison.run(groups);
      String subject = ReconciliationBook.subject(groups.keySet());
      return told(new Entry(subject, "REST", wanted.range(), result), current);
    }
  }

  /** Prints the result, and writes it down for the page. */
  private int told(Entry entry, ToolSettings current) {
    PrintWriter out = spec.commandLine().getOut();
    Result result = entry.result();
    new ReconcileReport(out, current.siteZone(), entry.side()).print(result);
    new ReconciliationBook(current.postgres(), out).write(entry);
    if (!result.differences().isEmpty()) {
      return ExitCodes.FAILED;
    }
    return result.isDecided() ? 0 : UNDECIDED;
  }

  /**
   * Gold deletes buckets of 15 minutes that are older than the time that it keeps them. REST gives
   * none that are older by the clock. Where events of any age are accepted nothing settles, but a
   * partition that has seen newer events keeps no old buckets either.
   */
  private Map<Grain, BucketRange> ranges(ToolSettings current, BucketRange wanted, GoldSums gold)
      throws SQLException {
    Instant settled = later(gold.settled(current.siteZone()), clock.instant());
    Instant kept = settled.minus(current.quartersKept()).plus(QUARTERS_MARGIN);
    var ranges = new EnumMap<Grain, BucketRange>(Grain.class);
    ranges.put(Grain.QUARTER, wanted.notBefore(kept).notBefore(gold.quartersFrom()));
    ranges.put(Grain.DAY, wanted);
    ranges.values().removeIf(BucketRange::isEmpty);
    return ranges;
  }

  private static Instant later(Optional<Instant> one, Instant other) {
    return one.filter(each -> each.isAfter(other)).orElse(other);
  }

  /** A difference is worse than numbers that move. */
  private static int worse(int one, int other) {
    return one == ExitCodes.FAILED || other == ExitCodes.FAILED
        ? ExitCodes.FAILED
        : Math.max(one, other);
  }

  private static URI address(String text) {
    if (!text.startsWith("http://") && !text.startsWith("https://")) {
      throw new StartupException("--url " + text + " is not an address like http://127.0.0.1:8180");
    }
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new StartupException("--url " + text + " is not an address: " + e.getMessage(), e);
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted; repeat the command", e);
    }
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
