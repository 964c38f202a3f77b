package io.weir.benchmarks.comparison;

import io.weir.benchmarks.measure.RunLine;
import io.weir.benchmarks.process.BenchProcess;
import io.weir.benchmarks.process.ProjectFolder;
import io.weir.benchmarks.topic.TopicStore;
import io.weir.local.platform.Home;
import io.weir.local.platform.Service;
import io.weir.local.process.ProcessSpec;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code ./weir bench lake}: lake-sink beside a bare consumer that writes the same rows, in pairs:
 * the raw topic to bronze, the events topic to silver.
 */
@Command(name = "lake", description = "lake-sink beside a bare consumer that writes the same rows.")
public final class LakeComparison implements Callable<Integer> {
  private static final String EVENTS = StreamRun.PREFIX + ".events";
  private static final double FLOOR = 0.6;
  private static final Duration BARE_PATIENCE = Duration.ofMinutes(10);

  @Mixin private ComparisonOptions options = new ComparisonOptions();

  /** Returns the exit code: 0 when the floors hold. */
  @Override
  public Integer call() throws InterruptedException {
    return new Pairs(options.plan(Settings.ofProcess())).run();
  }

  /** The runs of one comparison, and whether the floor holds for all of them so far. */
  private static final class Pairs {
    private final RunPlan plan;
    private final PeerEngines peers;
    private final Home home;
    private boolean holds = true;

    Pairs(RunPlan plan) {
      this.plan = plan;
      this.peers = new PeerEngines(plan);
      this.home = new Home(plan.work().resolve("lake"));
    }

    int run() throws InterruptedException {
      boolean isOurBroker = peers.startBroker();
      try {
        EngineComparison.loadOnce(plan, peers);
        makeEvents();
        for (int round = 1; round <= plan.rounds(); round++) {
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

    /** Makes the events topic, unless an earlier run has made it. */
    private void makeEvents() throws InterruptedException {
      try (Admin admin = new KafkaConnection(plan.bootstrapServers(), Map.of()).admin()) {
        if (new TopicStore(admin).records(EVENTS, ProjectFolder.PARTITIONS) > 0) {
          return;
        }
      }
      System.out.println("# stream-app makes " + EVENTS);
      new StreamRun(plan, peers.brokerPid()).run();
    }

    private void pair(String job, String table, String topic) throws InterruptedException {
      ProjectFolder.emptied(home.folder());
      RunLine bare = bare(job, topic);
      System.out.println(bare);
      RunLine weir = new LakeRun(plan, home, table).run(job, bare.events());
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

    /** Runs the bare consumer with the heap and the flags of lake-sink. */
    private RunLine bare(String job, String topic) throws InterruptedException {
      List<String> flags =
          ProjectFolder.catalogue(home, Map.of()).process(Service.SINK).javaFlags();
      String file = home.folder().resolve("bare").toString();
      var spec =
          new ProcessSpec(
              List.of(),
              "bare",
              home.folder(),
              flags,
              ProjectFolder.checkout().classPath("benchmarks"),
              BareWriter.class.getName(),
              List.of(job, plan.bootstrapServers(), topic, file),
              Map.of());
      try (BenchProcess process = BenchProcess.start(spec)) {
        process.awaitEnd(BARE_PATIENCE);
        return process.output().stream()
            .filter(RunLine::isOne)
            .findFirst()
            .map(RunLine::parse)
            .orElseThrow(
                () -> new StartupException("the bare consumer failed, see " + process.log()));
      }
    }
  }
}
