package io.weir.local.drill;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.local.platform.Service;
import io.weir.local.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Carries out faults. Each method returns when the fault is over and its target is ready again. */
final class Faults {
  private static final Duration SLOW = Duration.ofSeconds(20);
  private static final Duration BOTH_AWAKE = Duration.ofSeconds(10);

  /** Longer than the session timeout of Kafka's clients, after which others get the partitions. */
  private static final Duration OUT_OF_THE_GROUP = Duration.ofSeconds(50);

  /** The same for stream-app and ml-scoring, whose timeout is ten seconds. */
  private static final Duration OUT_OF_A_SHORT_GROUP = Duration.ofSeconds(15);

  private static final Duration NOTICE = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(25);
  private static final long POLL_MILLIS = 200;
  private static final double NANOS_PER_SECOND = 1e9;

  /** The words with which a broker or a client turns away one who is no member any more. */
  private static final Pattern FENCED =
      Pattern.compile(
          "ProducerFenced|InvalidProducerEpoch|fenced|TaskMigrated|CommitFailed|UnknownMember|"
              + "IllegalGeneration|rebalance in progress|zombie|InvalidPidMapping",
          Pattern.CASE_INSENSITIVE);

  /** The requests after which a connection is cut, and what they commit. */
  private static final List<Map.Entry<String, String>> COMMITS =
      List.of(Map.entry("UPDATE iceberg_tables", "catalog"), Map.entry("COMMIT", "gold"));

  private final Crew crew;
  private final Stage stage;
  private final Map<Service, FullDisk> disks;

  /** The end of a fault and what was seen. */
  record Result(long millis, String note) {}

  Faults(Crew crew, Stage stage, Map<Service, FullDisk> disks) {
    this.crew = crew;
    this.stage = stage;
    this.disks = disks;
  }

  Result carryOut(DrillPlan.Planned fault) throws InterruptedException, IOException {
    return switch (fault.kind()) {
      case KILL -> kill(fault.target());
      case TWIN -> twin(fault.target());
      case DISK -> disk(fault.target());
      case SLOW -> slow();
      case CUT -> cut();
    };
  }

  private ChildProcess process(Service service) {
    ChildProcess process = crew.process(service.id());
    if (process == null) {
      throw new DrillFailedException(service.id() + " has no process");
    }
    return process;
  }

  private Result kill(Service target) throws InterruptedException {
    long begin = System.nanoTime();
    crew.kill(target.id());
    return new Result(crew.awaitReady(target.id(), begin), "");
  }

  private Result twin(Service target) throws InterruptedException {
    ChildProcess first = process(target);
    String twin = target.id() + "-twin";
    long logged = first.log().length();
    long begin = System.nanoTime();
    Crew.signal("STOP", first);
    long replaced;
    try {
      crew.add(stage.second(target, twin));
      replaced = crew.awaitReady(twin, begin);
      Duration least = target == Service.SINK ? OUT_OF_THE_GROUP : OUT_OF_A_SHORT_GROUP;
      Thread.sleep(Math.max(0, least.toMillis() - replaced));
    } finally {
      Crew.signal("CONT", first);
    }
    long awake = System.nanoTime();
    long millis = whileBothAreAwake(target, awake);
    String words = fencing(first, logged);
    boolean isGone = crew.remove(twin, STOP);
    crew.awaitReady(target.id(), awake);
    String note =
        String.format(
            Locale.ROOT,
            "frozen for %.0f s, second process ready after %.1f s; ",
            (awake - begin) / NANOS_PER_SECOND,
            replaced / 1000.0);
    return new Result(millis, note + words + (isGone ? "" : "; the second had to be killed"));
  }

  /** Lets both work; returns the milliseconds after which the first was ready for good. */
  private long whileBothAreAwake(Service target, long awake) throws InterruptedException {
    long millis = crew.awaitReady(target.id(), awake);
    while (System.nanoTime() - awake < BOTH_AWAKE.toNanos()) {
      if (crew.problem(target.id()).isPresent()) {
        millis = crew.awaitReady(target.id(), awake);
      }
      Thread.sleep(POLL_MILLIS);
    }
    return millis;
  }

  /** How the log of the one who woke up says that it was turned away. */
  private static String fencing(ChildProcess process, long from) {
    try {
      byte[] log = Files.readAllBytes(process.log().path());
      int start = (int) Math.min(from, log.length);
      Matcher matcher = FENCED.matcher(new String(log, start, log.length - start, UTF_8));
      return matcher.find()
          ? "the first was turned away (" + matcher.group() + ")"
          : "the log of the first has no word of it";
    } catch (IOException e) {
      return "the log of the first cannot be read";
    }
  }

  private Result disk(Service target) throws InterruptedException, IOException {
    FullDisk disk = disks.get(target);
    if (disk == null) {
      return new Result(0, "left out: this user may not mount a small file system");
    }
    long begin = System.nanoTime();
    String note = "not noticed in " + NOTICE.toSeconds() + " s";
    try {
      while (System.nanoTime() - begin < NOTICE.toNanos()) {
        disk.fill(); // again, because files are given back meanwhile
        if (crew.problem(target.id()).isPresent()) {
          note = String.format(Locale.ROOT, "noticed after %.1f s", seconds(begin));
          break;
        }
        Thread.sleep(POLL_MILLIS);
      }
    } finally {
      disk.free();
    }
    return new Result(crew.awaitReady(target.id(), System.nanoTime()), note);
  }

  private Result slow() throws InterruptedException {
    ChildProcess broker = process(Service.BROKER);
    long begin = System.nanoTime();
    try {
      while (System.nanoTime() - begin < SLOW.toNanos()) {
        Crew.signal("STOP", broker);
        Thread.sleep(4 * POLL_MILLIS);
        Crew.signal("CONT", broker);
        Thread.sleep(POLL_MILLIS);
      }
    } finally {
      Crew.signal("CONT", broker);
    }
    long end = System.nanoTime();
    long millis = crew.awaitReady(Service.BROKER.id(), end);
    for (Service service : List.of(Service.STREAM, Service.SINK, Service.SCORING)) {
      millis = Math.max(millis, crew.awaitReady(service.id(), end));
    }
    return new Result(millis, "stopped for 0.8 of each second, " + SLOW.toSeconds() + " s long");
  }

  private Result cut() throws InterruptedException {
    var seen = new ArrayList<String>();
    CommitCutter cutter = stage.cutter();
    for (Map.Entry<String, String> commit : COMMITS) {
      long begin = System.nanoTime();
      cutter.arm(commit.getKey());
      while (cutter.isArmed() && System.nanoTime() - begin < NOTICE.toNanos()) {
        Thread.sleep(POLL_MILLIS / 10);
      }
      String what = cutter.disarm() ? ": no commit came" : ": cut before the answer";
      seen.add(commit.getValue() + what);
    }
    long millis = crew.awaitReady(Service.SINK.id(), System.nanoTime());
    return new Result(millis, String.join(", ", seen));
  }

  private static double seconds(long sinceNanos) {
    return (System.nanoTime() - sinceNanos) / NANOS_PER_SECOND;
  }
}
