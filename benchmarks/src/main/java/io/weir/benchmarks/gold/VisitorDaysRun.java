package io.weir.benchmarks.gold;

import io.weir.benchmarks.measure.Floors;
import io.weir.benchmarks.process.BenchPlatform;
import io.weir.benchmarks.process.StreamAppOptions;
import io.weir.benchmarks.process.StreamAppProcess;
import io.weir.benchmarks.topic.RawEventSender;
import io.weir.benchmarks.topic.RawEvents;
import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The store of visitors' days after a session of each visitor has closed: its bytes on disk, and
 * the time of a restart with it.
 */
record VisitorDaysRun(StreamAppOptions options, int visitors) {
  private static final String NAME = "days";
  private static final String STORE = "visitor-days";
  private static final double MOST_BYTES = 100;
  private static final double MOST_SECONDS = 60;
  private static final Duration SPAN = Duration.ofHours(20);
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  void run(BenchPlatform platform, Floors floors) throws InterruptedException {
    Path state = platform.state(NAME);
    try (StreamAppProcess app = start(platform, "fill");
        var raw = new RawEventSender(platform.connection(), NAME + ".raw")) {
      app.awaitRunning(PATIENCE);
      fill(raw);
      app.await(
          PATIENCE,
          status ->
              status.path("received").asLong() >= visitors && status.path("settled").asBoolean());
    }
    double bytes = bytes(state) / (double) visitors;
    floors.atMost("bytes on disk per visitor", bytes, MOST_BYTES, "bytes");
    long begin = System.nanoTime();
    try (StreamAppProcess app = start(platform, "restart")) {
      app.awaitRunning(PATIENCE);
      double seconds = (System.nanoTime() - begin) / 1e9;
      floors.atMost("restart", seconds, MOST_SECONDS, "s");
      System.out.printf(
          Locale.ROOT,
          "# %d visitors; the restart took %.1f s of CPU time%n",
          visitors,
          app.usage().cpuSeconds());
    }
  }

  private StreamAppProcess start(BenchPlatform platform, String run) {
    return platform.app(
        NAME,
        options.flags("gold-" + NAME + "-" + run, "-Xmx1g"),
        Map.of("WEIR_TOPIC_PREFIX", NAME));
  }

  /** Events in the order of time, up to now: nearly all sessions are closed by the last one. */
  private void fill(RawEventSender raw) {
    var random = new Random(5);
    long now = System.currentTimeMillis();
    for (int i = 0; i < visitors; i++) {
      String visitor = RawEvents.visitor(i);
      long time = now - SPAN.toMillis() + SPAN.toMillis() * i / visitors;
      raw.send(visitor, RawEvents.view(random, i, visitor, time));
    }
    raw.flush();
  }

  private static long bytes(Path state) {
    try (Stream<Path> files = Files.walk(state)) {
      List<Path> stored =
          files
              .filter(file -> file.toString().contains("/" + STORE + "/"))
              .filter(Files::isRegularFile)
              .filter(file -> file.toString().endsWith(".sst"))
              .toList();
      return stored.stream().mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new StartupException("the state in " + state + " cannot be measured: " + e, e);
    }
  }
}
