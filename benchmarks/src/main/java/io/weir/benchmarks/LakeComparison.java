package io.weir.benchmarks;

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
final class LakeComparison {
  private static final String EVENTS = "clickstream.events";
  private static final double FLOOR = 0.6;
  private static final int BARE_SECONDS = 600;

  private final RunOptions options;
  private final Peers peers;
  private final Path folder;
  private boolean holds = true;

  private LakeComparison(RunOptions options) {
    this.options = options;
    this.peers = new Peers(options);
    this.folder = options.work().resolve("lake");
  }

  /** Returns the exit code: 0 when the floors hold. */
  static int run(List<String> words) throws InterruptedException {
    return new LakeComparison(RunOptions.parse(words, Settings.ofProcess())).run();
  }

  private int run() throws InterruptedException {
    boolean isOurBroker = peers.startBroker();
    try {
      Comparison.loadOnce(options, peers);
      makeEvents();
      for (int round = 1; round <= options.rounds(); round++) {
        pair("bronze", "bronze.raw_events", WeirRun.RAW);
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
      if (new TopicStore(admin).records(EVENTS, WeirRun.PARTITIONS) > 0) {
        return;
      }
    }
    System.out.println("# stream-app makes " + EVENTS);
    new WeirRun(options, peers.brokerPid()).run(Comparison.RECORDS);
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
            LakeSink.FLAGS,
            List.of(job, options.bootstrapServers(), topic, folder.resolve("bare").toString()));
    Path log = folder.resolve("bare.log");
    try (ServiceProcess process = ServiceProcess.start(program, Map.of(), log)) {
      process.await(BARE_SECONDS);
    }
    return ServiceProcess.lines(log)
        .filter(RunLine::isOne)
        .findFirst()
        .map(RunLine::parse)
        .orElseThrow(() -> new StartupException("the bare consumer failed, see " + log));
  }

  private static void emptied(Path folder) {
    Ground.delete(folder);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
