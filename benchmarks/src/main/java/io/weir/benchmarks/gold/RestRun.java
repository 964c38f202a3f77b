package io.weir.benchmarks.gold;

import io.weir.benchmarks.measure.Floors;
import io.weir.benchmarks.measure.Latencies;
import io.weir.benchmarks.process.BenchPlatform;
import io.weir.benchmarks.process.StreamAppOptions;
import io.weir.benchmarks.process.StreamAppProcess;
import io.weir.benchmarks.queries.HttpConnection;
import io.weir.benchmarks.queries.HttpConnection.HttpReply;
import io.weir.benchmarks.queries.PacedThreads;
import io.weir.contract.GoldTopic;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Questions for 30 days by country, daily, to a stream-app that does nothing else. */
record RestRun(StreamAppOptions options, int warmUpSeconds, int seconds) {
  private static final String NAME = "rest";
  private static final double PER_SECOND = 20;
  private static final int ASKING = 8;
  private static final int CITIES = 200;
  private static final double MOST_MILLIS = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<String> METRICS = List.of("sessions", "conversion_rate", "revenue");

  /** A thread that asks for one metric after the other over a connection of its own. */
  private static final class Question implements PacedThreads.Action {
    private final int port;
    private final String range;
    private @Nullable HttpConnection connection;

    Question(int port, String range) {
      this.port = port;
      this.range = range;
    }

    @Override
    public void run(long number) throws IOException {
      HttpConnection open = connection;
      if (open == null) {
        open = HttpConnection.open(port);
        connection = open;
      }
      String metric = METRICS.get((int) (number % METRICS.size()));
      HttpReply reply = open.get("/v1/metrics/" + metric + "?by=country&grain=day&" + range);
      if (reply.status() != 200 || !reply.body().contains("\"complete\":true")) {
        throw new IOException("an answer that is not complete: " + reply);
      }
    }
  }

  void run(BenchPlatform platform, Floors floors) throws InterruptedException {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    String topic = GoldTopic.name(NAME + "-stream");
    StoredCells.create(platform.connection(), topic);
    new StoredCells(today, CITIES).write(platform.connection(), topic, 1);
    Map<String, String> settings =
        Map.of("WEIR_TOPIC_PREFIX", NAME, "WEIR_TOPIC_PARTITIONS", "" + StoredCells.PARTITIONS);
    try (StreamAppProcess app = platform.app(NAME, options.flags("gold-" + NAME), settings)) {
      app.awaitRunning(PATIENCE);
      String range = "from=" + today.minusDays(StoredCells.DAYS) + "&to=" + today.minusDays(1);
      List<Question> questions =
          IntStream.range(0, ASKING).mapToObj(_ -> new Question(app.port(), range)).toList();
      try (PacedThreads asking = PacedThreads.start("question", PER_SECOND, questions)) {
        TimeUnit.SECONDS.sleep(warmUpSeconds);
        asking.check();
        asking.latencies().reset();
        double cpuBefore = app.usage().cpuSeconds();
        TimeUnit.SECONDS.sleep(seconds);
        asking.check();
        tell(asking.latencies(), app.usage().cpuSeconds() - cpuBefore, floors);
      }
    }
  }

  private void tell(Latencies latencies, double cpuSeconds, Floors floors) {
    System.out.println("30 days by country, daily: " + latencies);
    System.out.printf(Locale.ROOT, "# stream-app: %.0f %% of a core%n", 100 * cpuSeconds / seconds);
    floors.atMost("30 days by country, daily, p99", latencies.millis(0.99), MOST_MILLIS, "ms");
  }
}
