package io.weir.benchmarks.scale;

import io.weir.benchmarks.measure.Floors;
import io.weir.benchmarks.process.StreamAppProcess;
import io.weir.benchmarks.topic.RawEvents;
import io.weir.benchmarks.process.BenchPlatform;
import io.weir.benchmarks.process.StreamAppOptions;
import io.weir.benchmarks.topic.RawEventSender;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.process.StartupException;
import io.weir.contract.VisitorPartition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./weir bench memory}: what a million open sessions take, and how soon stream-app works
 * again when it is killed with them, with its disk and without.
 */
public final class MemoryBench {
  public static final String USAGE =
      "usage: weir bench memory [--visitors N] [--events-each N] [--jfr DIR] [--jvm FLAG]...";

  private static final String NAME = "memory";
  private static final int VISITORS = 1_000_000;
  private static final int EVENTS_EACH = 3;
  private static final double MOST_GB = 1.8;
  private static final double MOST_SECONDS = 30;
  private static final double MEBIBYTES_PER_GB = 1e9 / (1 << 20);
  private static final int QUESTIONS = 20_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long POLL_MILLIS = 50;

  private final StreamAppOptions options;
  private final BenchPlatform ground;
  private final RawEventSender raw;
  private final Floors floors = new Floors();
  private final int visitors;

  private MemoryBench(StreamAppOptions options, BenchPlatform ground, RawEventSender raw) {
    this.options = options;
    this.ground = ground;
    this.raw = raw;
    this.visitors = options.number("--visitors", VISITORS);
  }

  /** Returns the exit code: 0 when the floors hold. */
  public static int run(List<String> words) throws InterruptedException {
    StreamAppOptions options = StreamAppOptions.parse(words, USAGE, Set.of("--visitors", "--events-each"));
    options.number("--events-each", 1);
    try (BenchPlatform ground = BenchPlatform.open();
        var raw = new RawEventSender(ground.broker().connection(), NAME + ".raw")) {
      var bench = new MemoryBench(options, ground, raw);
      bench.run();
      return bench.floors.exitCode();
    }
  }

  private void run() throws InterruptedException {
    Path state = ground.state(NAME);
    try (StreamAppProcess app = start(state, "first")) {
      app.awaitRunning(PATIENCE);
      fill(app);
      ask(app);
      tell(app, "filled");
      app.kill();
    }
    restart(state, "restart with its disk");
    restart(ground.state("empty"), "restart without its disk");
  }

  private StreamAppProcess start(Path state, String run) {
    return ground.app(
        NAME + "-" + run,
        options.flags(NAME + "-" + run, "-Xmx768m"),
        Map.of(
            "WEIR_TOPIC_PREFIX",
            NAME,
            "WEIR_STREAM_ROCKSDB_MEMORY",
            "512mb",
            "WEIR_STREAM_STATE_DIR",
            state.toString()));
  }

  /** Each event finds a visitor that was not seen for as long as can be. */
  private void fill(StreamAppProcess app) throws InterruptedException {
    var backlog = new EventBurst(raw, app);
    for (int round = 0; round < options.number("--events-each", EVENTS_EACH); round++) {
      double seconds = backlog.pass(visitors, event -> event);
      System.out.printf(
          Locale.ROOT,
          "# an event for each of %d visitors in %.0f s, RSS so far at most %d MiB%n",
          visitors,
          seconds,
          app.usage().peakMegabytes());
    }
  }

  private void ask(StreamAppProcess app) throws InterruptedException {
    System.out.printf("# before questions: RSS at most %d MiB%n", app.usage().peakMegabytes());
    var random = new Random(4);
    for (int i = 0; i < QUESTIONS; i++) {
      app.json("/v1/visitors/" + RawEvents.visitor(random.nextInt(visitors)));
    }
    app.json("/v1/sessions/open?limit=500&order=longest");
    JsonNode counts = app.json("/v1/counts").orElseThrow();
    floors.atLeast("open sessions", counts.path("openSessions").asDouble(), visitors, "");
  }

  private void tell(StreamAppProcess app, String when) {
    floors.atMost(
        when + ": resident at most", app.usage().peakMegabytes() / MEBIBYTES_PER_GB, MOST_GB, "GB");
  }

  private void restart(Path state, String name) throws InterruptedException {
    long begin = System.nanoTime();
    try (StreamAppProcess app = start(state, name.replace(' ', '-'))) {
      List<String> markers = markers();
      String page = "marker/" + begin;
      for (String marker : markers) {
        raw.send(
            marker,
            RawEvents.event(new Random(begin), begin, marker, page, System.currentTimeMillis()));
      }
      raw.flush();
      for (String marker : markers) {
        awaitVisible(app, marker, page);
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      System.out.printf(
          Locale.ROOT, "# %s: took %.1f s of CPU time%n", name, app.usage().cpuSeconds());
      floors.atMost(name, seconds, MOST_SECONDS, "s");
      ask(app);
      tell(app, name);
      app.kill();
    }
  }

  private static void awaitVisible(StreamAppProcess app, String visitor, String page)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (app.json("/v1/visitors/" + visitor)
        .filter(answer -> answer.toString().contains(page))
        .isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new StartupException("no new event is to be seen within " + PATIENCE);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** A visitor of each partition. */
  private static List<String> markers() {
    var markers = new ArrayList<String>();
    for (int number = 0; markers.size() < BenchPlatform.PARTITIONS; number++) {
      String visitor = "marker-" + number;
      if (VisitorPartition.of(visitor, BenchPlatform.PARTITIONS) == markers.size()) {
        markers.add(visitor);
      }
    }
    return markers;
  }
}
