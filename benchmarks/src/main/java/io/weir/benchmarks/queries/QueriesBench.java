package io.weir.benchmarks.queries;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.benchmarks.measure.Floors;
import io.weir.benchmarks.measure.ProcessUsage;
import io.weir.benchmarks.process.BenchPlatform;
import io.weir.benchmarks.process.ProjectFolder;
import io.weir.benchmarks.process.StreamAppOptions;
import io.weir.benchmarks.process.StreamAppProcess;
import io.weir.benchmarks.process.WholeNumber;
import io.weir.benchmarks.topic.RawEventSender;
import io.weir.process.StartupException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code ./weir bench queries}: how soon an event is visible, and how long an answer takes, at
 * 5,000 events and 500 questions a second.
 */
@Command(
    name = "queries",
    description = "Produced to visible, and answers, beside 5,000 events a second; 5 min.")
public final class QueriesBench implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final double VISIBLE_MILLIS = 150;
  private static final double LOCAL_MILLIS = 10;
  private static final double FORWARDED_MILLIS = 20;
  private static final double ON_TIME = 0.99;
  private static final double P99 = 0.99;

  @Option(
      names = "--only",
      paramLabel = "all|local|forwarded",
      defaultValue = "all",
      description = "Whether the asked instance owns the visitor (default ${DEFAULT-VALUE}).")
  private Way only = Way.all;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "120",
      converter = WholeNumber.class,
      description = "Load and questions before the measurement (default ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "60",
      converter = WholeNumber.class,
      description = "Length of the measurement (default ${DEFAULT-VALUE}).")
  private int seconds;

  @Mixin private StreamAppOptions options = new StreamAppOptions();

  private final Floors floors = new Floors();

  /** The way of an answer: from the owner of the visitor, or through another instance. */
  private enum Way {
    all,
    local,
    forwarded
  }

  /** Returns the exit code: 0 when the floors hold. */
  @Override
  public Integer call() throws InterruptedException {
    try (BenchPlatform platform = BenchPlatform.open()) {
      if (only != Way.forwarded) {
        local(platform);
      }
      if (only != Way.local) {
        forwarded(platform);
      }
      return floors.exitCode();
    }
  }

  private void local(BenchPlatform platform) throws InterruptedException {
    try (StreamAppProcess app = start(platform, Way.local, "local")) {
      app.awaitRunning(PATIENCE);
      measure(
          platform,
          Way.local,
          List.of(app),
          Collections.nCopies(ProjectFolder.PARTITIONS, app.port()));
    }
  }

  private void forwarded(BenchPlatform platform) throws InterruptedException {
    try (StreamAppProcess first = start(platform, Way.forwarded, "first");
        StreamAppProcess second = start(platform, Way.forwarded, "second")) {
      List<Integer> strangers = awaitShared(first, second);
      measure(platform, Way.forwarded, List.of(first, second), strangers);
      if (!strangers(first, second).equals(Optional.of(strangers))) {
        throw new StartupException("partitions moved during the measurement: run it again");
      }
    }
  }

  private StreamAppProcess start(BenchPlatform platform, Way way, String name) {
    return platform.app(
        name,
        options.flags("queries-" + name, "-XX:+UseZGC", "-Xmx2g"),
        Map.of("WEIR_TOPIC_PREFIX", way.name()));
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

  /**
   * The port of the instance that does not own a partition, by partition; empty while one instance
   * owns all.
   */
  private static Optional<List<Integer>> strangers(StreamAppProcess first, StreamAppProcess second)
      throws InterruptedException {
    var strangers = new ArrayList<>(Collections.nCopies(ProjectFolder.PARTITIONS, 0));
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

  private void measure(
      BenchPlatform platform, Way way, List<StreamAppProcess> apps, List<Integer> ports)
      throws InterruptedException {
    var processes = new LinkedHashMap<String, ProcessUsage>();
    for (StreamAppProcess app : apps) {
      processes.put("stream-app " + app.port(), app.usage());
    }
    processes.put("broker", platform.brokerUsage());
    processes.put("this benchmark", new ProcessUsage(ProcessHandle.current().pid()));
    try (var raw = new RawEventSender(platform.connection(), way.name() + ".raw")) {
      QueryRun.QueryFigures figures =
          new QueryRun(way.name(), raw, ports, processes).run(warmUp, seconds);
      raw.flush();
      judge(way, figures);
    }
  }

  private void judge(Way way, QueryRun.QueryFigures figures) {
    floors.atMost(way + " visible p99", figures.visible().millis(P99), VISIBLE_MILLIS, "ms");
    double most = way == Way.local ? LOCAL_MILLIS : FORWARDED_MILLIS;
    floors.atMost(way + " queries p99", figures.queries().millis(P99), most, "ms");
    floors.atMost(way + " answers but 200 and 404", (double) figures.otherThan200And404(), 0, "");
    floors.atLeast(
        way + " load", figures.perSecond(), ON_TIME * QueryRun.EVENTS_PER_SECOND, "events/s");
  }
}
