package io.weir.ingest;

import io.weir.ingest.broker.History;
import io.weir.ingest.broker.Outcome;
import io.weir.ingest.broker.StreamApp;
import io.weir.ingest.format.EventFormat;
import io.weir.ingest.format.Formats;
import io.weir.ingest.journal.Journal;
import io.weir.ingest.read.LandingFolder;
import io.weir.ingest.registry.FramedValues;
import io.weir.ingest.registry.SchemaRegistry;
import io.weir.ingest.registry.Values;
import io.weir.ingest.run.Destination;
import io.weir.ingest.run.FileFormats;
import io.weir.ingest.run.Probe;
import io.weir.ingest.topic.SourceTopic;
import io.weir.process.ExitCodes;
import io.weir.process.StartupException;
import io.weir.process.Surroundings;
import io.weir.process.access.KafkaNames;
import io.weir.process.kafka.EventPublisher;
import io.weir.process.kafka.KafkaPublisher;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends files of events or web server logs, or the records of a topic, to the raw topic. */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description = {
      "Sends files of events, or web server logs, to the raw topic; plain or gzip.",
      "Or the records of a topic of your own."
    },
    footer = {
      "Content that was sent to the topic before is not sent again, whatever the file's name.",
      "Examples:",
      "  ./weir demo --empty                       a platform for your own data, however old",
      "  ./weir ingest access.log* --pages-only",
      "  ./weir ingest events.csv.gz --dry-run",
      "  ./weir ingest /var/landing --watch",
      "  ./weir ingest --topic clicks --dry-run"
    })
final class SendFilesCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(arity = "0..*", paramLabel = "PATH", description = "Files, or folders of files.")
  private List<Path> paths = new ArrayList<>();

  @Mixin private IngestOptions options = new IngestOptions();

  @Mixin private TopicOptions topicOptions = new TopicOptions();

  @Option(names = "--watch", description = "Continue with new and growing files until Ctrl-C.")
  private boolean isWatching;

  @Option(names = "--dry-run", description = "Show mapping and first events; send nothing.")
  private boolean isDryRun;

  @Option(names = "--again", description = "Send content that was sent before, with the same ids.")
  private boolean isAgain;

  @Option(
      names = "--late-is-fine",
      description = "Send events even if stream-app puts them into no session, or rejects them.")
  private boolean isLateFine;

  @Option(
      names = "--no-close",
      description = "Send no closing events: the last sessions close as time passes.")
  private boolean isOpenEnd;

  @Option(names = "--json", description = "The summary as one JSON object on standard output.")
  private boolean isJson;

  SendFilesCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    refuseMixture();
    IngestConfig config = IngestConfig.from(surroundings.settings());
    return topicOptions.topic().map(name -> topic(config, name)).orElseGet(() -> files(config));
  }

  private void refuseMixture() {
    boolean isTopic = topicOptions.topic().isPresent();
    if (isTopic == !paths.isEmpty()) {
      throw new StartupException("name either files or folders, or a topic with --topic");
    }
    if (isTopic && (isWatching || isAgain)) {
      throw new StartupException(
          "--watch and --again are for files; a topic is read anew with another --group");
    }
  }

  private int files(IngestConfig config) {
    var folder = new LandingFolder(paths);
    PrintStream told = told();
    Formats known = isShowing() ? options.formats().withExamples() : options.formats();
    var formats = new FileFormats(known, options.format(), (p, f) -> show(told, p, f));
    List<Probe> probes = probes(formats, folder);
    if (isDryRun) {
      new DryRun(options.app(), surroundings.terminal().out()).print(formats, probes);
      return 0;
    }
    String topicId =
        RawTopic.provision(config.kafka(), config.raw(), surroundings.terminal().err());
    History history = history(config, !isWatching);
    try (Journal journal = Journal.open(config.stateDir(), topicId);
        EventPublisher publisher = publisher(config)) {
      var to = new Destination(publisher, journal, options.app(), isAgain);
      var batch = new Batch(surroundings, formats, to, history);
      return isWatching ? watch(folder, batch) : once(batch, probes, config);
    }
  }

  private static EventPublisher publisher(IngestConfig config) {
    return KafkaPublisher.to(
        config.kafka(), config.raw().name(), "; the next run goes on where this one ended");
  }

  private PrintStream told() {
    return isJson ? surroundings.terminal().err() : surroundings.terminal().out();
  }

  private int topic(IngestConfig config, String name) {
    if (config.registry().isEmpty()) {
      return topic(config, name, Values.PLAIN);
    }
    var address = config.registry().get();
    try (var registry = new SchemaRegistry(address, config.trust(), surroundings.stop())) {
      return topic(config, name, new FramedValues(registry));
    }
  }

  private int topic(IngestConfig config, String name, Values values) {
    SourceTopic source = TopicRun.source(config, name);
    var run = new TopicRun(surroundings, options, source, values, told());
    if (isDryRun) {
      run.show();
      return 0;
    }
    RawTopic.provision(config.kafka(), config.raw(), surroundings.terminal().err());
    boolean isUntilEnd = topicOptions.isUntilEnd();
    String group = topicOptions.group().orElse(KafkaNames.ingestGroup(config.prefix(), name));
    try (EventPublisher publisher = publisher(config)) {
      Optional<Summary> summary =
          run.run(
              group,
              topicOptions.isFromLatest(),
              isUntilEnd,
              publisher,
              history(config, isUntilEnd));
      summary.ifPresent(this::report);
      if (summary.isEmpty() && isUntilEnd) {
        told().println("topic " + name + " has no records");
      }
      return isUntilEnd && surroundings.stop().isRequested() ? ExitCodes.INTERRUPTED : 0;
    }
  }

  private History history(IngestConfig config, boolean hasEnd) {
    Optional<StreamApp> stream =
        config.streamUrl().map(url -> new StreamApp(url, config.streamKey(), config.trust()));
    if (stream.isEmpty()) {
      surroundings
          .terminal()
          .err()
          .println(
              "note: no stream-app was asked whether it accepts old events (WEIR_INGEST_STREAM_URL)");
    }
    var patience = Duration.ofSeconds(hasEnd ? 120 : 0);
    return new History(stream, surroundings.clock(), isLateFine, !isOpenEnd, patience);
  }

  private List<Probe> probes(FileFormats formats, LandingFolder folder) {
    List<Path> files = folder.files();
    if (isWatching && !isDryRun) {
      return List.of(); // each file is read when it has come to rest
    }
    List<Probe> probes = new ArrayList<>();
    for (Path file : files) {
      Probe probe = formats.probe(file);
      if (!probe.isEmpty()) {
        probes.add(probe);
      }
    }
    if (probes.isEmpty()) {
      throw new StartupException("there are no files with records in " + paths);
    }
    formats.prepare(probes);
    return probes;
  }

  private int once(Batch batch, List<Probe> probes, IngestConfig config) {
    Summary summary = batch.send(probes);
    report(summary);
    if (!isJson && summary.totals().sentEvents() > 0) {
      config.streamUrl().ifPresent(url -> nextSteps(url, summary));
    }
    return summary.isInterrupted() ? ExitCodes.INTERRUPTED : 0;
  }

  private void nextSteps(String streamUrl, Summary summary) {
    PrintStream out = surroundings.terminal().out();
    out.println("Look at:");
    out.println("  " + streamUrl + "/");
    out.println(
        "  ./weir sql \"SELECT date_trunc('day', start_time) AS day, count(*) AS sessions,"
            + " sum(events) AS events FROM silver.sessions GROUP BY 1 ORDER BY 1\"");
    if (summary.outcome().map(Outcome::rejected).orElse(0L) > 0) {
      out.println("  ./weir rejected list      why events were refused");
    }
  }

  private int watch(LandingFolder folder, Batch batch) {
    surroundings.terminal().err().println("watching " + paths + "; Ctrl-C ends");
    new Watch(folder, surroundings.stop())
        .run(files -> {
          Summary summary = batch.sendReadable(files);
          if (summary.totals().records() > 0) {
            report(summary);
          }
        });
    return 0;
  }

  private void report(Summary summary) {
    if (isJson) {
      surroundings.terminal().out().println(summary.json());
    } else {
      summary.print(surroundings.terminal());
    }
    surroundings.terminal().out().flush();
  }

  /** Whether values of records are shown, which may be personal and do not belong in a log. */
  private boolean isShowing() {
    return isDryRun || surroundings.terminal().isInteractive();
  }

  private void show(PrintStream out, Probe probe, EventFormat format) {
    out.println("format: " + probe.format().title() + " (" + probe.file() + ")");
    String mapping = isShowing() ? format.describe() : format.describeNames();
    mapping.lines().forEach(line -> out.println("  " + line));
  }
}
