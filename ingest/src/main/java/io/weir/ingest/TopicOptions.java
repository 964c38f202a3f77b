package io.weir.ingest;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for reading a topic. */
final class TopicOptions {
  /** Where a first run begins. */
  enum From {
    EARLIEST,
    LATEST
  }

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description = {
        "In place of files: a topic of Kafka with events in one of the formats but csv. Runs until",
        "Ctrl-C; the next run goes on where this one ended."
      })
  private @Nullable String topic;

  @Option(
      names = "--from",
      defaultValue = "earliest",
      paramLabel = "END",
      description = "topic: where the first run begins: earliest (default) or latest.")
  private From from = From.EARLIEST;

  @Option(names = "--until-end", description = "topic: end where the topic ends now.")
  private boolean isUntilEnd;

  @Option(
      names = "--group",
      paramLabel = "NAME",
      description = "topic: the consumer group (default: clickstream-ingest-NAME of the topic).")
  private @Nullable String group;

  Optional<String> topic() {
    return Optional.ofNullable(topic);
  }

  boolean isFromLatest() {
    return from == From.LATEST;
  }

  boolean isUntilEnd() {
    return isUntilEnd;
  }

  Optional<String> group() {
    return Optional.ofNullable(group);
  }
}
