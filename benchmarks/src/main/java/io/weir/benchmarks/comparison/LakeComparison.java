package io.weir.benchmarks.comparison;

import io.weir.benchmarks.process.LakeSinkProcess;
import io.weir.benchmarks.process.BenchProcess;
import io.weir.benchmarks.topic.TopicStore;
import io.weir.benchmarks.process.Program;
import io.weir.benchmarks.process.BenchPlatform;
import io.weir.benchmarks.measure.RunLine;

import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * {@code ./weir bench lake}: lake-sink beside a bare consumer that writes the same rows, in pairs:
 * the raw topic to bronze, the events topic to silver.
 */
public final class LakeComparison {
  private static final String EVENTS = "clickstream.events";
  private static final double FLOOR = 0.6;
  private static final int BARE_SECONDS = 600;

  private final RunPlan options;
  private final PeerEngines peers;
  private final Path folder;
  private boolean holds = true;

  private LakeComparison(RunPlan options) {
    this.options = options;
    this.peers = new PeerEngines(options);
    this.folder = options.work().resolve("lake");
  }

  /** Returns the exit code: 0 when the floors hold. */
  public static int run(List<String> words) throws InterruptedException {
    return new LakeComparison(RunPlan.parse(words, Settings.ofProcess())).run();
  }

  private int run() throws InterruptedException {
    boolean isOurBroker = peers.startBroker();
    try {
      EngineComparison.loadOnce(options, peers);
      makeEvents();
      for (int round = 1; round <= options.rounds(); round++) {
        pair("bronze", "bronze.raw_events", StreamRun.RAW);
        pair("silver", "silver.events", EVENTS);
      }
    } finally {
      if (isOurBroker) {
        peers.stopBroker();
      }
    }
    return holds ? 0 : 1;
  }

  /** Those of an earlier run are as good. */
  private void makeEvents() throws InterruptedException {
    try (Admin admin = new KafkaConnection(options.bootstrapServers(), Map.of()).admin()) {
      if (new TopicStore(admin).records(EVENTS, StreamRun.PARTITIONS) > 0) {
        return;
      }
    }
    System.out.println("# stream-app makes " + EVENTS);
    new StreamRun(options, peers.brokerPid()).run(EngineComparison.RECORDS);
  }

  private void pair(String job, String table, String topic) throws InterruptedException {
    emptied(folder);
    RunLine bare = bare(job, topic);
    System.out.println(bare);
    RunLine weir = new LakeRun(options, folder, table).run(job, bare.events());
    System.out.println(weir);
    double speed = weir.eventsPerSecond() / bare.eventsPerSecond();
    double cost = weir.eventsPerOwnCpuSecond() / bare.eventsPerOwnCpuSecond();
    holds &= speed >= FLOOR;
    System.out.printf(
        Locale.ROOT,
        "# %s, lake-sink / bare: %.2f in events per second (floor %.1f: %s),"
            + " %.2f in events per CPU-second%n",
        job,
        speed,
        FLOOR,
        speed >= FLOOR ? "holds" : "MISSED",
        cost);
  }

  private RunLine bare(String job, String topic) throws InterruptedException {
    var program =
        new Program(
            "benchmarks",
            BareWriter.class.getName(),
            LakeSinkProcess.FLAGS,
            List.of(job, options.bootstrapServers(), topic, folder.resolve("bare").toString()));
    Path log = folder.resolve("bare.log");
    try (BenchProcess process = BenchProcess.start(program, Map.of(), log)) {
      process.await(BARE_SECONDS);
    }
    return BenchProcess.lines(log)
        .filter(RunLine::isOne)
        .findFirst()
        .map(RunLine::parse)
        .orElseThrow(() -> new StartupException("the bare consumer failed, see " + log));
  }

  private static void emptied(Path folder) {
    BenchPlatform.delete(folder);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
