package io.weir.ingest;

import io.weir.ingest.broker.History;
import io.weir.ingest.broker.Outcome;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import io.weir.ingest.format.EventFormat;
import io.weir.ingest.format.FormatName;
import io.weir.ingest.format.Formats;
import io.weir.ingest.registry.Values;
import io.weir.ingest.run.Totals;
import io.weir.ingest.topic.SourceTopic;
import io.weir.ingest.topic.TopicIngest;
import io.weir.ingest.topic.TopicSample;
import io.weir.process.StartupException;
import io.weir.process.Surroundings;
import io.weir.process.kafka.ClosingEvents;
import io.weir.process.kafka.EventPublisher;
import io.weir.process.terminal.RunningLine;
import io.weir.process.terminal.Terminal;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Sends a topic until it is stopped or at its end, and tells how it goes. */
final class TopicRun {
  private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);
  private static final ClosingEvents CLOSING = new ClosingEvents("identify", "weir-ingest");

  private final Surroundings surroundings;
  private final IngestOptions options;
  private final SourceTopic topic;
  private final Values values;
  private final PrintStream told;

  /**
   * @param values how the topic's values become text
   * @param told where the mapping is shown
   */
  TopicRun(
      Surroundings surroundings,
      IngestOptions options,
      SourceTopic topic,
      Values values,
      PrintStream told) {
    this.surroundings = surroundings;
    this.options = options;
    this.topic = topic;
    this.values = values;
    this.told = told;
  }

  /** Finds the topic of the options, which must not be the one that is written. */
  static SourceTopic source(IngestConfig config, String name) {
    boolean isSameCluster = config.source().equals(config.kafka());
    if (isSameCluster && name.startsWith(config.prefix() + ".")) {
      throw new StartupException(
          name
              + " is one of Weir's own topics; records of "
              + config.raw().name()
              + " need no ingest");
    }
    return SourceTopic.find(config.source(), name);
  }

  /** Shows what the newest records become, and sends nothing. */
  void show() {
    List<byte[]> sample = sample();
    EventFormat format = format(sample);
    told.println("its newest events:");
    new DryRun(options.app(), surroundings.terminal().out(), surroundings.clock())
        .print(format, sample);
    surroundings.terminal().out().println("nothing was sent (--dry-run)");
  }

  private List<byte[]> sample() {
    Terminal terminal = surroundings.terminal();
    List<byte[]> newest =
        TopicSample.of(
            topic,
            surroundings.stop(),
            () -> terminal.err().println("topic " + topic.name() + " has no records yet; waiting"));
    if (values.equals(Values.PLAIN)) {
      refuseFramed(newest);
    }
    var texts = new ArrayList<byte[]>();
    var refused = new LinkedHashSet<String>();
    for (byte[] value : newest) {
      try {
        texts.add(values.text(value));
      } catch (Skip skip) {
        refused.add(skip.reason() + ": " + skip.getMessage());
      }
    }
    if (texts.isEmpty() && !newest.isEmpty()) {
      throw new StartupException(
          "topic " + topic.name() + ": none of its newest records can be read; " + refused);
    }
    return texts;
  }

  private void refuseFramed(List<byte[]> newest) {
    if (!newest.isEmpty() && newest.stream().allMatch(Values::isFramed)) {
      throw new StartupException(
          "topic "
              + topic.name()
              + ": its records are framed for a schema registry; name it with"
              + " WEIR_INGEST_REGISTRY_URL");
    }
  }

  private EventFormat format(List<byte[]> sample) {
    try {
      Formats formats = options.formats().withRecordTime();
      FormatName forced = options.format();
      FormatName name = forced == null ? formats.detect(sample) : forced;
      if (Formats.hasHeader(name)) {
        throw new IllegalArgumentException(
            "records of a topic have no header, so they are no csv; name another --format");
      }
      EventFormat format = formats.make(name, sample);
      told.println("format: " + name.title() + " (topic " + topic.name() + ")");
      format.describe().lines().forEach(line -> told.println("  " + line));
      return format;
    } catch (IllegalArgumentException e) {
      throw new StartupException("topic " + topic.name() + ": " + e.getMessage(), e);
    }
  }

  /** Sends until the end, or until a stop. Empty if it was stopped before the first record. */
  Optional<Summary> run(TopicIngest.Start start, EventPublisher publisher, History history) {
    List<byte[]> sample = sample();
    if (sample.isEmpty()) {
      return Optional.empty();
    }
    EventFormat format = format(sample);
    long begun = System.nanoTime();
    var totals = new Totals();
    var ingest = new TopicIngest(topic, start, publisher, surroundings.clock(), totals);
    Optional<Outcome> before = start.isUntilEnd() ? history.counters() : Optional.empty();
    try (var shown = new Shown(totals)) {
      ingest.run(
          new TopicIngest.Reading(values, format), history.gate(), surroundings.stop(), shown);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    Optional<Outcome> outcome = Optional.empty();
    boolean isAtEnd = start.isUntilEnd() && !surroundings.stop().isRequested();
    if (isAtEnd && totals.lastTime().isPresent()) {
      history.closingTime(totals.lastTime().get()).ifPresent(time -> CLOSING.send(publisher, time));
      outcome = history.since(before, surroundings.stop());
    }
    boolean isInterrupted = start.isUntilEnd() && !isAtEnd;
    return Optional.of(
        new Summary(
            "topic " + topic.name(), totals, ingest.shortened(), seconds, outcome, isInterrupted));
  }

  /** The line about the run, and each new kind of record that is skipped. */
  private final class Shown implements TopicIngest.Observer, AutoCloseable {
    private final Totals totals;
    private final RunningLine line =
        RunningLine.on(surroundings.terminal(), BETWEEN_LINES, surroundings.nanos());
    private final Set<Reason> known = EnumSet.noneOf(Reason.class);

    private Shown(Totals totals) {
      this.totals = totals;
    }

    @Override
    public void progress(long lag) {
      totals
          .skipped()
          .forEach((reason, skipped) -> {
            if (known.add(reason)) {
              note("skipped, " + reason + ": " + skipped.example());
            }
          });
      line.show(() -> text(lag));
    }

    private String text(long lag) {
      return String.format(
          Locale.ROOT,
          "%s: %,d records, %,d sent, %,d skipped, %,d to read",
          topic.name(),
          totals.records(),
          totals.sentEvents(),
          totals.skippedRecords(),
          lag);
    }

    @Override
    public void note(String text) {
      line.clear();
      surroundings.terminal().err().println("note: " + text);
    }

    @Override
    public void close() {
      line.clear();
    }
  }
}
