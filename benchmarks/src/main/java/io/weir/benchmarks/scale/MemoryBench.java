package io.weir.benchmarks.scale;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.benchmarks.measure.Floors;
import io.weir.benchmarks.process.BenchPlatform;
import io.weir.benchmarks.process.ProjectFolder;
import io.weir.benchmarks.process.StreamAppOptions;
import io.weir.benchmarks.process.StreamAppProcess;
import io.weir.benchmarks.process.WholeNumber;
import io.weir.benchmarks.topic.RawEventSender;
import io.weir.benchmarks.topic.RawEvents;
import io.weir.contract.VisitorPartition;
import io.weir.process.StartupException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code ./weir bench memory}: what a million open sessions take, and how soon stream-app processes
 * events again after it was killed with them, with its disk and without.
 */
@Command(
    name = "memory",
    description = "A million open sessions: memory, and restarts after SIGKILL; 5 min.")
public final class MemoryBench implements Callable<Integer> {
  private static final String NAME = "memory";
  private static final double MOST_GB = 1.8;
  private static final double MOST_SECONDS = 30;
  private static final double MEBIBYTES_PER_GB = 1e9 / (1 << 20);
  private static final int QUESTIONS = 20_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long POLL_MILLIS = 50;

  @Option(
      names = "--visitors",
      paramLabel = "N",
      defaultValue = "1000000",
      converter = WholeNumber.class,
      description = "Visitors with an open session (default ${DEFAULT-VALUE}).")
  private int visitors;

  @Option(
      names = "--events-each",
      paramLabel = "N",
      defaultValue = "3",
      converter = WholeNumber.class,
      description = "Events of each visitor (default ${DEFAULT-VALUE}).")
  private int eventsEach;

  @Mixin private StreamAppOptions options = new StreamAppOptions();

  private final Floors floors = new Floors();

  /** Returns the exit code: 0 when the floors hold. */
  @Override
  public Integer call() throws InterruptedException {
    try (BenchPlatform platform = BenchPlatform.open();
        var raw = new RawEventSender(platform.connection(), NAME + ".raw")) {
      Path state = platform.state(NAME);
      try (StreamAppProcess app = start(platform, state, "first")) {
        app.awaitRunning(PATIENCE);
        fill(app, raw);
        ask(app);
        tell(app, "filled");
        app.kill();
      }
      restart(() -> start(platform, state, "restart-with-its-disk"), raw, "restart with its disk");
      Path empty = platform.state("empty");
      restart(
          () -> start(platform, empty, "restart-without-its-disk"),
          raw,
          "restart without its disk");
      return floors.exitCode();
    }
  }

  private StreamAppProcess start(BenchPlatform platform, Path state, String run) {
    return platform.app(
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

  /** Sends the events so that each finds the visitor that was not seen for longest. */
  private void fill(StreamAppProcess app, RawEventSender raw) throws InterruptedException {
    var burst = new EventBurst(raw, app);
    for (int round = 0; round < eventsEach; round++) {
      double seconds = burst.pass(visitors, event -> event);
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

  private void restart(Supplier<StreamAppProcess> start, RawEventSender raw, String name)
      throws InterruptedException {
    long begin = System.nanoTime();
    try (StreamAppProcess app = start.get()) {
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
        throw new StartupException("no new event is visible within " + PATIENCE);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** A visitor of each partition. */
  private static List<String> markers() {
    var markers = new ArrayList<String>();
    for (int number = 0; markers.size() < ProjectFolder.PARTITIONS; number++) {
      String visitor = "marker-" + number;
      if (VisitorPartition.of(visitor, ProjectFolder.PARTITIONS) == markers.size()) {
        markers.add(visitor);
      }
    }
    return markers;
  }
}
