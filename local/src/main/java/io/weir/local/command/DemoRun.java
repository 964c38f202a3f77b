package io.weir.local.command;

import static java.time.Duration.ofSeconds;

import io.weir.contract.KafkaConnection;
import io.weir.contract.Settings;
import io.weir.contract.TopicProvisioner.Drift;
import io.weir.contract.Topics;
import io.weir.local.archive.ArchiveProcess;
import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Platform;
import io.weir.local.platform.Service;
import io.weir.local.process.ChildProcess;
import io.weir.local.terminal.Display;
import io.weir.local.terminal.Steps;
import io.weir.local.terminal.Steps.Step;
import io.weir.local.topic.TopicList;
import io.weir.local.watch.Figures;
import java.time.Duration;
import java.util.List;

/** The course of one demo: start in order, then watch, or wait for the first scored session. */
final class DemoRun {
  private static final Duration PATIENCE = ofSeconds(90);
  private static final Duration REPAINT = ofSeconds(2);
  private static final Duration NEW_LINE = ofSeconds(10);

  private final Platform platform;
  private final Catalogue catalogue;
  private final Display display;
  private final DemoOptions options;
  private boolean isArchiveCaredFor;

  DemoRun(Platform platform, Display display, DemoOptions options) {
    this.platform = platform;
    this.catalogue = platform.catalogue();
    this.display = display;
    this.options = options;
  }

  void start() throws InterruptedException {
    var steps = new Steps(display, System::nanoTime);
    steps.together(
        service(Service.BROKER, catalogue.bootstrapServers()),
        service(Service.POSTGRES, catalogue.postgresUrl()));
    steps.together(new Step("topics", this::topics));
    steps.together(
        service(Service.STREAM, catalogue.address(Service.STREAM)),
        service(Service.SINK, catalogue.address(Service.SINK)),
        service(Service.SCORING, catalogue.address(Service.SCORING)));
    steps.together(new Step(Service.SIMULATOR.title(), this::simulator));
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

  private String topics() {
    Settings settings = Settings.of(catalogue.clientSettings());
    Topics topics = Topics.from(settings);
    List<Drift> drift = new TopicList(KafkaConnection.from(settings)).provision(topics.all());
    drift.forEach(difference -> display.line("  !!  topic " + difference));
    return topics.all().size() + " topics, " + options.partitions() + " partitions each";
  }

  private String simulator() {
    ChildProcess process =
        platform.start(
            Service.SIMULATOR,
            "run",
            "--seed=" + options.seed(),
            "--events=" + options.historyEvents(),
            "--history=24h",
            "--live",
            "--rate=" + options.rate(),
            "--target=kafka");
    return options.historyEvents()
        + " events of the past 24 h at once, then "
        + options.rate()
        + "/s, pid "
        + process.pid();
  }

  /** Until a signal, or until a process ends by itself. */
  int watch() throws InterruptedException {
    Welcome.print(catalogue, display);
    var figures = new Figures.Reader(catalogue);
    Duration pause = display.isTerminal() ? REPAINT : NEW_LINE;
    while (!platform.isStopping()) {
      platform.failOnEnded();
      show(figures);
      Thread.sleep(pause);
    }
    return 0;
  }

  private void show(Figures.Reader reader) throws InterruptedException {
    String line;
    try {
      Figures now = reader.read();
      line = now.line();
      if (now.gold().scores() > 0 && !isArchiveCaredFor) {
        isArchiveCaredFor = true;
        ArchiveProcess.startIfWanted(catalogue.home());
      }
    } catch (Figures.UnavailableException e) {
      line = String.valueOf(e.getMessage());
    }
    if (display.isTerminal()) {
      display.paint(line);
    } else if (!platform.isStopping()) {
      display.line(line);
    }
  }

  int untilScored() throws InterruptedException {
    var search = new FirstScored(platform, display, ofSeconds(options.timeout()));
    return search.run();
  }
}
