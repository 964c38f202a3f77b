package io.weir.ingest;

import io.weir.ingest.broker.History;
import io.weir.ingest.broker.Outcome;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import io.weir.ingest.format.EventFormat;
import io.weir.ingest.format.FormatName;
import io.weir.ingest.format.Formats;
import io.weir.ingest.registry.StoppedException;
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
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.apache.kafka.common.TopicPartition;

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

  /** Finds the topic of the options, which must not be one that Weir writes. */
  static SourceTopic source(IngestConfig config, String name) {
    SourceTopic source = SourceTopic.find(config.source(), name);
    if (name.startsWith(config.prefix() + ".")
        && source.cluster().equals(RawTopic.cluster(config.kafka()))) {
      throw new StartupException(
          name
              + " is one of Weir's own topics; records of "
              + config.raw().name()
              + " need no ingest");
    }
    return source;
  }

  /** Shows what the newest records become, and sends nothing. */
  void show() {
    List<byte[]> sample = sample();
    PrintStream out = surroundings.terminal().out();
    if (sample.isEmpty()) {
      out.println("topic " + topic.name() + " has no records");
      return;
    }
    EventFormat format = format(sample, true);
    told.println("its newest events:");
    new DryRun(options.app(), out).print(format, sample, surroundings.clock().millis());
    out.println("nothing was sent (--dry-run)");
  }

  /** The newest values as text. */
  private List<byte[]> sample() {
    List<byte[]> newest = TopicSample.of(topic, surroundings.stop());
    if (values.equals(Values.PLAIN)) {
      refuseFramed(newest);
    }
    var texts = new ArrayList<byte[]>();
    var refused = new LinkedHashSet<String>();
    for (byte[] value : newest) {
      try {
        byte[] text = values.text(value);
        if (text.length > 0) {
          texts.add(text);
        }
      } catch (StoppedException _) {
        return List.of();
      } catch (Skip skip) {
        refused.add(skip.reason() + (skip.remark().isEmpty() ? "" : ": " + skip.remark()));
      }
    }
    if (texts.isEmpty() && !newest.isEmpty()) {
      throw new StartupException(
          "topic " + topic.name() + ": none of its newest records can be read; " + refused);
    }
    return texts;
  }

  /** The same, or as soon as there is a record. */
  private List<byte[]> sampleInTime(boolean isWaiting) {
    List<byte[]> sample = sample();
    if (sample.isEmpty() && isWaiting) {
      surroundings
          .terminal()
          .err()
          .println("topic " + topic.name() + " has no records yet; waiting");
    }
    while (sample.isEmpty() && isWaiting && !surroundings.stop().isRequested()) {
      surroundings.stop().pause(1_000);
      sample = sample();
    }
    return sample;
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

  /**
   * The format and the mapping.
   *
   * @param hasExamples whether values are shown, which may be personal, and do not belong in a log
   */
  private EventFormat format(List<byte[]> sample, boolean hasExamples) {
    try {
      Formats plain = options.formats().withRecordTime();
      Formats formats = hasExamples ? plain.withExamples() : plain;
      FormatName forced = options.format();
      List<byte[]> records = forced == null ? fromFirstKnown(formats, sample) : sample;
      FormatName name = forced == null ? formats.detect(records) : forced;
      if (Formats.hasHeader(name)) {
        throw new IllegalArgumentException(
            "records of a topic have no header, so they are no csv; name another --format");
      }
      EventFormat format = formats.make(name, records);
      told.println("format: " + name.title() + " (topic " + topic.name() + ")");
      String mapping = hasExamples ? format.describe() : format.describeNames();
      mapping.lines().forEach(line -> told.println("  " + line));
      return format;
    } catch (IllegalArgumentException e) {
      throw new StartupException("topic " + topic.name() + ": " + e.getMessage(), e);
    }
  }

  /** Any record may be an odd one, so the format is that of the first that has one. */
  private static List<byte[]> fromFirstKnown(Formats formats, List<byte[]> sample) {
    for (int i = 0; i < sample.size(); i++) {
      try {
        List<byte[]> rest = sample.subList(i, sample.size());
        if (!Formats.hasHeader(formats.detect(rest))) {
          return rest;
        }
      } catch (IllegalArgumentException _) {
        // Then perhaps the next; if none is known, the first one's message is told.
      }
    }
    return sample;
  }

  /**
   * Sends until the end, or until a stop.
   *
   * @param isFromLatest whether a group that never read the topic begins at its present end
   * @return empty if there was nothing to send
   */
  Optional<Summary> run(
      String group,
      boolean isFromLatest,
      boolean isUntilEnd,
      EventPublisher publisher,
      History history) {
    Map<TopicPartition, Long> ends = topic.ends();
    boolean isKnown = topic.isKnownTo(group, isFromLatest ? Optional.of(ends) : Optional.empty());
    List<byte[]> sample = sampleInTime(!isUntilEnd);
    if (sample.isEmpty()) {
      return Optional.empty();
    }
    // A group that has read the topic goes on where it stood, whatever has become of that time.
    LongConsumer gate = isKnown ? _ -> {} : history.gate();
    var reading =
        new TopicIngest.Reading(
            values, format(sample, surroundings.terminal().isInteractive()), gate);
    var start = new TopicIngest.Start(group, options.app(), isUntilEnd ? ends : Map.of());
    return Optional.of(run(start, reading, publisher, history));
  }

  private Summary run(
      TopicIngest.Start start,
      TopicIngest.Reading reading,
      EventPublisher publisher,
      History history) {
    long begun = System.nanoTime();
    var totals = new Totals();
    var ingest = new TopicIngest(topic, start, publisher, surroundings.clock(), totals);
    boolean hasEnd = !start.ends().isEmpty();
    Optional<Outcome> before = hasEnd ? history.counters() : Optional.empty();
    try (var shown = new Shown(totals)) {
      ingest.run(reading, surroundings.stop(), shown);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    boolean isAtEnd = hasEnd && !surroundings.stop().isRequested();
    Optional<Outcome> outcome = Optional.empty();
    if (isAtEnd && totals.lastTime().isPresent()) {
      history.closingTime(totals.lastTime().get()).ifPresent(time -> CLOSING.send(publisher, time));
      outcome = history.since(before, surroundings.stop());
    }
    return new Summary(
        "topic " + topic.name(), totals, ingest.shortened(), seconds, outcome, hasEnd && !isAtEnd);
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
              boolean isWatched = surroundings.terminal().isInteractive();
              String first = isWatched ? skipped.example() : skipped.first();
              note("skipped, " + reason + ": " + first);
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
