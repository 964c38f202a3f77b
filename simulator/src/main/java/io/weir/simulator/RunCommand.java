package io.weir.simulator;

import static java.util.Objects.requireNonNullElseGet;

import io.weir.process.ExitCodes;
import io.weir.process.StartupException;
import io.weir.process.Surroundings;
import io.weir.process.kafka.EventPublisher;
import io.weir.simulator.fault.Fault;
import io.weir.simulator.publish.Throttle;
import io.weir.simulator.publish.TruthFile;
import io.weir.simulator.truth.Counts;
import io.weir.simulator.truth.GroundTruth;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Simulates visitors, in the past, the present, or both. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Simulates the visitors of a web shop.")
final class RunCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(names = "--seed", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "1")
  private long seed;

  @Option(
      names = "--events",
      description = "Records of the history, faults included (default: ${DEFAULT-VALUE}).",
      defaultValue = "100000")
  private long events;

  @Option(
      names = "--visitors",
      description = "Largest number of visitors (default: as many as the events need).",
      defaultValue = "2147483647")
  private int visitors;

  @Option(
      names = "--history",
      description = "Length of the simulated past (default: ${DEFAULT-VALUE}).",
      defaultValue = "24h")
  private Duration history = Duration.ofHours(24);

  @Option(names = "--until", description = "The simulated now, RFC 3339 (default: now).")
  private @Nullable Instant until;

  @Option(
      names = "--ending-before",
      description = "Time from the end of the history to --until (default: ${DEFAULT-VALUE}).",
      defaultValue = "0s")
  private Duration endingBefore = Duration.ZERO;

  @Option(
      names = "--history-once",
      description = {
        "With --live: no history when the raw topic holds records already,",
        "and other visitors than those of the earlier run."
      })
  private boolean historyOnce;

  @Option(names = "--live", description = "Continue in real time after the history, until stopped.")
  private boolean live;

  @Option(
      names = "--rate",
      description = "Records a second in live mode (default: ${DEFAULT-VALUE}).",
      defaultValue = "50")
  private double rate;

  @Option(
      names = "--pace",
      description = "Records a second of the history at most (default: as fast as possible).",
      defaultValue = "Infinity")
  private double pace;

  @Option(
      names = "--duplicates",
      description = "Share of duplicate records (default: ${DEFAULT-VALUE}).",
      defaultValue = "0.01")
  private double duplicates;

  @Option(
      names = "--late",
      description = "Share of records that come late (default: ${DEFAULT-VALUE}).",
      defaultValue = "0.01")
  private double late;

  @Option(
      names = "--late-by",
      description = "Longest delay of a late record (default: ${DEFAULT-VALUE}).",
      defaultValue = "10m")
  private Duration lateBy = Duration.ofMinutes(10);

  @Option(
      names = "--out-of-order",
      description = "Share of records seconds out of order (default: ${DEFAULT-VALUE}).",
      defaultValue = "0.01")
  private double outOfOrder;

  @Option(
      names = "--malformed",
      description = "Share of malformed records (default: ${DEFAULT-VALUE}).",
      defaultValue = "0.005")
  private double malformed;

  @Option(
      names = "--bots",
      description = "Share of events that come from bots (default: ${DEFAULT-VALUE}).",
      defaultValue = "0.02")
  private double bots;

  @Mixin private HabitOptions habits = new HabitOptions();

  @Option(names = "--truth", paramLabel = "FILE", description = "Write the ground truth here.")
  private @Nullable Path truthPath;

  @Option(
      names = "--gold",
      description = "With --truth: also what each table of gold must hold, in days of UTC.")
  private boolean gold;

  @Option(
      names = "--chances",
      description = "With --truth: also the true probabilities of purchases and clicks.")
  private boolean chances;

  @Option(
      names = "--close",
      description = "End with an event per partition that lets all sessions close.")
  private boolean close;

  @Option(names = "--json", description = "Print the counts as JSON.")
  private boolean json;

  @Mixin private TargetOptions target = new TargetOptions();

  RunCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    var report = new Report(surroundings.nanos().getAsLong());
    SimulatorConfig config = config();
    TruthFile truthFile = truthPath == null ? null : TruthFile.at(truthPath);
    try {
      return simulate(config, truthFile, report);
    } finally {
      if (truthFile != null) {
        truthFile.discard();
      }
    }
  }

  private SimulatorConfig config() {
    if (live && until != null) {
      throw new StartupException("--live continues from now: leave out --until");
    }
    if (historyOnce && !live) {
      throw new StartupException("--history-once continues in the present: add --live");
    }
    if (!(pace >= 1)) {
      throw new StartupException("--pace must be at least 1");
    }
    requireTruth();
    boolean isPlayed = historyOnce && target.hasEarlierRecords(surroundings.settings());
    Instant now = surroundings.clock().instant();
    return new SimulatorConfig(
        // With the seed of the earlier run the same visitors would come again, and their event ids
        // would be duplicates.
        isPlayed ? seed + now.getEpochSecond() : seed,
        isPlayed ? 0 : events,
        visitors,
        history,
        requireNonNullElseGet(until, () -> now),
        endingBefore,
        live,
        rate,
        bots,
        faults(),
        habits.habits());
  }

  private void requireTruth() {
    if (gold && truthPath == null) {
      throw new StartupException("--gold is written to the ground truth: add --truth");
    }
    if (chances && truthPath == null) {
      throw new StartupException("--chances are written to the ground truth: add --truth");
    }
  }

  private Fault.Rules faults() {
    try {
      return new Fault.Rules(
          new Fault.Duplicate(duplicates),
          new Fault.Late(late, lateBy.toMillis()),
          new Fault.OutOfOrder(outOfOrder),
          new Fault.Malformed(malformed));
    } catch (IllegalArgumentException e) {
      throw new StartupException("--" + e.getMessage(), e);
    }
  }

  private int simulate(SimulatorConfig config, @Nullable TruthFile truthFile, Report report) {
    var simulation = new Simulation(config, Resources.profile(), Resources.world());
    if (truthFile != null && chances) {
      truthFile.with(simulation.foresee());
    }
    boolean keeps = truthFile != null || !live;
    GroundTruth truth = simulation.truth(keep(keeps));
    long now = config.until().toEpochMilli();
    try (EventPublisher publisher = target.open(surroundings)) {
      play(simulation, publisher, truth);
      now = live ? surroundings.clock().millis() : now;
      if (close) {
        int closing = Main.CLOSING.send(publisher, now);
        truth.addClosing(closing, now);
      }
    }
    long sessions = 0;
    if (truthFile != null) {
      sessions = truthFile.write(truth, simulation.names(), now);
    } else if (keeps) {
      sessions = truth.eachSession(_ -> {});
    }
    print(truth.counts(), sessions, keeps, report);
    return surroundings.stop().isRequested() && !live ? ExitCodes.INTERRUPTED : 0;
  }

  private GroundTruth.Keep keep(boolean keeps) {
    GroundTruth.Keep events = gold ? GroundTruth.Keep.DEEDS : GroundTruth.Keep.EVENTS;
    return keeps ? events : GroundTruth.Keep.COUNTS;
  }

  private void play(Simulation simulation, EventPublisher publisher, GroundTruth truth) {
    LongSupplier sent = () -> truth.counts().produced();
    var progress = new SentLine(SentLine.SHORT, sent, surroundings);
    var speed = new Throttle(pace, surroundings.nanos());
    simulation.history(publisher, truth, speed).runUntil(surroundings.stop(), progress);
    if (live) {
      var present = simulation.live(publisher, truth, surroundings.clock());
      present.runUntil(surroundings.stop(), new SentLine(SentLine.LONG, sent, surroundings));
    }
  }

  private void print(Counts counts, long sessions, boolean keeps, Report report) {
    report
        .count("produced", counts.produced())
        .count("distinct_valid", counts.distinctValid())
        .count("duplicates", counts.duplicates())
        .count("malformed", counts.malformed())
        .count("internal", counts.internal())
        .count("late", counts.late())
        .count("out_of_order", counts.outOfOrder())
        .count("closing", counts.closing())
        .count("bots", counts.bots());
    if (keeps) {
      report.count("sessions", sessions);
    }
    var terminal = surroundings.terminal();
    var out = target.isStandardOutput() ? terminal.err() : terminal.out();
    report.print(out, json, surroundings.nanos().getAsLong());
  }
}
