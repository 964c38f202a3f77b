package io.weir.benchmarks.scoring;

import io.weir.benchmarks.measure.Floors;
import io.weir.benchmarks.process.BenchPlatform;
import io.weir.benchmarks.process.ProjectFolder;
import io.weir.benchmarks.process.ScoringProcess;
import io.weir.benchmarks.process.SimulatedSessions;
import io.weir.benchmarks.process.StreamAppOptions;
import io.weir.benchmarks.process.StreamAppProcess;
import io.weir.benchmarks.queries.LoadStep;
import io.weir.benchmarks.queries.PacedThreads;
import io.weir.benchmarks.topic.RawEventSender;
import io.weir.contract.avro.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Questions for scores to an ml-scoring in a process of its own: alone, and beside a steady stream
 * of events, where closed sessions are scored as well. All are open loops.
 */
record AnswersRun(StreamAppOptions options, int warmUpSeconds, int seconds) {
  private static final String NAME = "scoring";
  private static final String STREAM = "beside-stream";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int ASKING = 16;
  private static final double ALONE_PER_SECOND = 2_000;
  private static final double BESIDE_PER_SECOND = 500;
  private static final int EVENTS_PER_SECOND = 5_000;
  private static final int EVENTS_AT_ONCE = 5;
  private static final int VISITORS = 50_000;
  private static final double SESSIONS_PER_SECOND = 50;
  private static final int SIMULATED_EVENTS = 20_000;
  private static final double MOST_MILLIS = 5;
  private static final double MOST_MILLIS_SCORE = 500;
  private static final double ON_TIME = 0.99;
  private static final double P99 = 0.99;

  void alone(BenchPlatform platform, Floors floors) throws InterruptedException {
    try (ScoringProcess scoring = scoring(platform);
        PacedThreads asking =
            PacedThreads.start("question", ALONE_PER_SECOND, questions(scoring.port()))) {
      TimeUnit.SECONDS.sleep(warmUpSeconds);
      asking.check();
      asking.latencies().reset();
      double cpuBefore = scoring.usage().cpuSeconds();
      TimeUnit.SECONDS.sleep(seconds);
      asking.check();
      share("ml-scoring", scoring.usage().cpuSeconds() - cpuBefore);
      answers("rest", asking, ALONE_PER_SECOND, floors);
    }
  }

  void besideEvents(BenchPlatform platform, Floors floors) throws InterruptedException {
    var sessions = new ArrayList<Session>();
    SimulatedSessions.make(platform.home(), SIMULATED_EVENTS).each(sessions::add);
    Map<String, String> prefix = Map.of("WEIR_TOPIC_PREFIX", NAME);
    try (StreamAppProcess app = platform.app(STREAM, options.flags(STREAM), prefix)) {
      app.awaitRunning(PATIENCE);
      try (ScoringProcess scoring = scoring(platform);
          var raw = new RawEventSender(platform.connection(), NAME + ".raw");
          var probes = new ScoreProbes(platform.connection(), NAME, sessions)) {
        measure(raw, scoring, probes, floors);
      }
    }
  }

  private void measure(
      RawEventSender raw, ScoringProcess scoring, ScoreProbes probes, Floors floors)
      throws InterruptedException {
    var step = new LoadStep(raw, VISITORS, EVENTS_AT_ONCE);
    double steps = EVENTS_PER_SECOND / (double) EVENTS_AT_ONCE;
    try (PacedThreads load = PacedThreads.start("load", steps, List.of(step));
        PacedThreads asking =
            PacedThreads.start("question", BESIDE_PER_SECOND, questions(scoring.port()));
        PacedThreads closing =
            PacedThreads.start("session", SESSIONS_PER_SECOND, List.of(probes))) {
      TimeUnit.SECONDS.sleep(warmUpSeconds);
      List<PacedThreads> all = List.of(load, asking, closing);
      all.forEach(PacedThreads::check);
      asking.latencies().reset();
      probes.latencies().reset();
      long before = raw.taken();
      double cpuBefore = scoring.usage().cpuSeconds();
      TimeUnit.SECONDS.sleep(seconds);
      all.forEach(PacedThreads::check);
      double perSecond = (raw.taken() - before) / (double) seconds;
      share("ml-scoring", scoring.usage().cpuSeconds() - cpuBefore);
      answers("rest beside events", asking, BESIDE_PER_SECOND, floors);
      floors.atLeast("load", perSecond, ON_TIME * EVENTS_PER_SECOND, "events/s");
    }
    probes.awaitAll();
    System.out.println("session to score " + probes.latencies());
    floors.atMost("session to score p99", probes.latencies().millis(P99), MOST_MILLIS_SCORE, "ms");
  }

  private ScoringProcess scoring(BenchPlatform platform) throws InterruptedException {
    return ScoringProcess.start(
        platform.home(),
        options.flags("scoring"),
        Map.of(
            "WEIR_KAFKA_BOOTSTRAP_SERVERS",
            platform.connection().bootstrapServers(),
            "WEIR_TOPIC_PREFIX",
            NAME,
            "WEIR_TOPIC_PARTITIONS",
            "" + ProjectFolder.PARTITIONS));
  }

  private static List<ScoreQuestion> questions(int port) {
    return IntStream.range(0, ASKING).mapToObj(i -> new ScoreQuestion(port, i)).toList();
  }

  private void answers(String name, PacedThreads asking, double perSecond, Floors floors) {
    double rate = asking.latencies().count() / (double) seconds;
    System.out.println(name + " " + asking.latencies());
    floors.atLeast(name + " answers", rate, ON_TIME * perSecond, "per second");
    floors.atMost(name + " p99", asking.latencies().millis(P99), MOST_MILLIS, "ms");
  }

  private void share(String process, double cpuSeconds) {
    System.out.printf(
        Locale.ROOT, "# of a core: %s %.0f %%%n", process, 100 * cpuSeconds / seconds);
  }
}
