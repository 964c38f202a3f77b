package io.weir.benchmarks.queries;

import io.weir.benchmarks.measure.Floors;
import io.weir.benchmarks.process.StreamAppProcess;
import io.weir.benchmarks.process.BenchPlatform;
import io.weir.benchmarks.process.StreamAppOptions;
import io.weir.benchmarks.measure.ProcessUsage;
import io.weir.benchmarks.topic.RawEventSender;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.process.StartupException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./weir bench queries}: how soon an event is to be seen, and how long an answer takes, at
 * 5,000 events and 500 questions a second.
 */
public final class QueriesBench {
  public static final String USAGE =
      "usage: weir bench queries [--only all|local|forwarded] [--warm-up SECONDS]"
          + " [--seconds SECONDS] [--jfr DIR] [--jvm FLAG]...";

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String ALL = "all";
  private static final String LOCAL = "local";
  private static final String FORWARDED = "forwarded";
  private static final double VISIBLE_MILLIS = 150;
  private static final double LOCAL_MILLIS = 10;
  private static final double FORWARDED_MILLIS = 20;
  private static final double ON_TIME = 0.99;
  private static final double P99 = 0.99;

  private final StreamAppOptions options;
  private final BenchPlatform ground;
  private final Floors floors = new Floors();

  private QueriesBench(StreamAppOptions options, BenchPlatform ground) {
    this.options = options;
    this.ground = ground;
  }

  /** Returns the exit code: 0 when the floors hold. */
  public static int run(List<String> words) throws InterruptedException {
    StreamAppOptions options = StreamAppOptions.parse(words, USAGE, Set.of("--only", "--warm-up", "--seconds"));
    String only = options.word("--only", List.of(ALL, LOCAL, FORWARDED));
    options.number("--warm-up", 1);
    options.number("--seconds", 1);
    try (BenchPlatform ground = BenchPlatform.open()) {
      var bench = new QueriesBench(options, ground);
      if (!only.equals(FORWARDED)) {
        bench.local();
      }
      if (!only.equals(LOCAL)) {
        bench.forwarded();
      }
      return bench.floors.exitCode();
    }
  }

  private void local() throws InterruptedException {
    try (StreamAppProcess app = start(LOCAL, LOCAL)) {
      app.awaitRunning(PATIENCE);
      measure(LOCAL, List.of(app), Collections.nCopies(BenchPlatform.PARTITIONS, app.port()));
    }
  }

  private void forwarded() throws InterruptedException {
    try (StreamAppProcess first = start(FORWARDED, "first");
        StreamAppProcess second = start(FORWARDED, "second")) {
      List<Integer> strangers = awaitShared(first, second);
      measure(FORWARDED, List.of(first, second), strangers);
      if (!strangers(first, second).equals(Optional.of(strangers))) {
        throw new StartupException("partitions moved while it was measured: run it again");
      }
    }
  }

  private StreamAppProcess start(String prefix, String name) {
    return ground.app(
        name,
        options.flags("queries-" + name, "-XX:+UseZGC", "-Xmx2g"),
        Map.of("WEIR_TOPIC_PREFIX", prefix));
  }

  private static List<Integer> awaitShared(StreamAppProcess first, StreamAppProcess second)
      throws InterruptedException {
    first.awaitRunning(PATIENCE);
    second.awaitRunning(PATIENCE);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<List<Integer>> strangers = strangers(first, second);
      if (strangers.isPresent()) {
        return strangers.get();
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new StartupException("two instances did not share the partitions within " + PATIENCE);
  }

  /** The port of the instance that does not have it, by partition; empty while one has all. */
  private static Optional<List<Integer>> strangers(StreamAppProcess first, StreamAppProcess second)
      throws InterruptedException {
    var strangers = new ArrayList<>(Collections.nCopies(BenchPlatform.PARTITIONS, 0));
    JsonNode topology = first.json("/v1/topology").orElseThrow();
    for (JsonNode instance : topology.path("instances")) {
      boolean isFirst = instance.path("address").asText().endsWith(":" + first.port());
      for (JsonNode partition : instance.path("activePartitions")) {
        strangers.set(partition.asInt(), isFirst ? second.port() : first.port());
      }
    }
    return !strangers.contains(0) && Set.copyOf(strangers).size() == 2
        ? Optional.of(strangers)
        : Optional.empty();
  }

  private void measure(String name, List<StreamAppProcess> apps, List<Integer> ports)
      throws InterruptedException {
    var processes = new LinkedHashMap<String, ProcessUsage>();
    for (StreamAppProcess app : apps) {
      processes.put("stream-app " + app.port(), app.usage());
    }
    processes.put("broker", ground.broker().usage());
    processes.put("this benchmark", new ProcessUsage(ProcessHandle.current().pid()));
    try (var raw = new RawEventSender(ground.broker().connection(), name + ".raw")) {
      QueryRun.Result result =
          new QueryRun(name, raw, ports, processes)
              .run(options.number("--warm-up", 120), options.number("--seconds", 60));
      raw.flush();
      judge(name, result);
    }
  }

  private void judge(String name, QueryRun.Result result) {
    floors.atMost(name + " visible p99", result.visible().millis(P99), VISIBLE_MILLIS, "ms");
    double most = name.equals(LOCAL) ? LOCAL_MILLIS : FORWARDED_MILLIS;
    floors.atMost(name + " queries p99", result.queries().millis(P99), most, "ms");
    floors.atMost(name + " answers but 200 and 404", (double) result.otherThan200And404(), 0, "");
    floors.atLeast(
        name + " load", result.perSecond(), ON_TIME * QueryRun.EVENTS_PER_SECOND, "events/s");
  }
}
