package io.weir.local.command;

import static java.time.Duration.ofSeconds;

import io.weir.contract.Topics;
import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Platform;
import io.weir.local.platform.Service;
import io.weir.local.platform.Supervisor;
import io.weir.local.process.ChildProcess;
import io.weir.local.terminal.Display;
import io.weir.local.terminal.Steps;
import io.weir.local.terminal.Steps.Step;
import io.weir.local.topic.TopicList;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.TopicProvisioner.Drift;
import io.weir.process.TopicSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The course of one demo: start in order, then watch or wait for the first scored session. */
final class DemoRun {
  private static final String TOPICS = "topics";
  private static final Duration PATIENCE = ofSeconds(90);

  private final Platform platform;
  private final Catalogue catalogue;
  private final Display display;
  private final DemoOptions options;
  private final Supervisor supervisor;
  private volatile long historyEvents;
  private volatile long seed;

  DemoRun(Platform platform, Display display, DemoOptions options) {
    this.platform = platform;
    this.catalogue = platform.catalogue();
    this.display = display;
    this.options = options;
    this.supervisor = new Supervisor(platform, System::nanoTime, display::line);
    supervisor.restartWith(Service.SIMULATOR, this::liveTraffic);
  }

  /**
   * Starts all steps, each when the steps that it needs are done. Traffic waits for stream-app:
   * earlier traffic would take CPU from programs that start.
   */
  void start() throws InterruptedException {
    String broker = Service.BROKER.title();
    var steps =
        new ArrayList<>(
            List.of(
                service(Service.BROKER, catalogue.bootstrapServers()),
                service(Service.POSTGRES, catalogue.postgresUrl()),
                service(Service.STREAM, catalogue.address(Service.STREAM)).after(broker),
                service(Service.SCORING, catalogue.address(Service.SCORING)).after(broker),
                service(Service.SINK, catalogue.address(Service.SINK))
                    .after(broker, Service.POSTGRES.title()),
                new Step(TOPICS, this::topics).after(broker)));
    if (!options.isEmpty()) {
      steps.add(
          new Step(Service.SIMULATOR.title(), this::simulator)
              .after(TOPICS, Service.STREAM.title()));
    }
    new Steps(display, System::nanoTime).together(steps.toArray(Step[]::new));
  }

  private Step service(Service service, String address) {
    return new Step(
        service.title(),
        () -> {
          ChildProcess process = platform.start(service);
          platform.awaitReady(process, service, PATIENCE);
          return address + ", pid " + process.pid();
        });
  }

  private String topics() throws InterruptedException {
    Settings settings = Settings.of(catalogue.clientSettings());
    Topics topics = TopicSettings.topics(settings);
    var list = new TopicList(KafkaConnection.from(settings));
    List<Drift> drift = list.provision(topics.all());
    drift.forEach(difference -> display.line("  !!  topic " + difference));
    boolean isFirst =
        list.endOffsets(List.of(topics.raw())).values().stream().allMatch(end -> end == 0);
    historyEvents = options.isEmpty() ? 0 : options.historyEvents(isFirst);
    // With the seed of the earlier run the same visitors would come again, and their event ids
    // would be duplicates.
    seed = isFirst ? options.seed() : options.seed() + Instant.now().getEpochSecond();
    return topics.all().size() + " topics, " + options.partitions() + " partitions each";
  }

  private String simulator() {
    ChildProcess process =
        platform.start(
            Service.SIMULATOR,
            "run",
            "--seed=" + seed,
            "--events=" + historyEvents,
            "--history=24h",
            "--live",
            "--rate=" + options.rate(),
            "--target=kafka");
    String history =
        historyEvents == 0
            ? "live at once, "
            : historyEvents + " events of the past 24 h at once, then ";
    return history + options.rate() + "/s, pid " + process.pid();
  }

  /**
   * The simulator's arguments after a restart: no history, and another seed, because the same
   * visitors' event ids would be duplicates.
   */
  private List<String> liveTraffic(int restart) {
    return List.of(
        "run",
        "--seed=" + (seed + 1_000_003L * restart),
        "--events=0",
        "--live",
        "--rate=" + options.rate(),
        "--target=kafka");
  }

  /** Watches until a signal, or until a process dies too often. */
  int watch(String weirOptions, Optional<Integer> mlflowPort) throws InterruptedException {
    var welcome = new Welcome(catalogue, display, weirOptions);
    if (options.isEmpty()) {
      welcome.printEmpty();
    } else {
      welcome.printShop();
    }
    var view = new LiveView(catalogue, display, historyEvents);
    Optional<DemoMlflow> mlflow = mlflowPort.map(port -> DemoMlflow.start(platform, display, port));
    var newer = new NewerModel(platform, display, mlflow);
    var comparison = new FirstComparison(platform, display);
    while (!platform.isStopping()) {
      view.show();
      mlflow.ifPresent(DemoMlflow::step);
      if (options.isTrained()) {
        newer.step(view.sessions());
        comparison.step(newer.isOver());
      }
      supervisor.watch(view.pause());
    }
    return 0;
  }

  int untilScored() throws InterruptedException {
    var search = new FirstScored(platform, supervisor, display, ofSeconds(options.timeout()));
    return search.run();
  }
}
