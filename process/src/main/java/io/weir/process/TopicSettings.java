package io.weir.process;

import io.weir.contract.Topics;
import java.time.Duration;

/** The settings of the topic catalogue, the same for every process. */
public final class TopicSettings {
  private TopicSettings() {}

  /**
   * Reads {@code topic.prefix}, {@code .partitions}, {@code .replication} and {@code .retention}.
   */
  public static Topics topics(Settings settings) {
    return Topics.of(
        prefix(settings),
        settings.integer("topic.partitions", 12, 1, 10_000),
        (short) settings.integer("topic.replication", 1, 1, 32),
        settings.duration("topic.retention", Duration.ofDays(7)));
  }

  /** Reads the text before the first dot of every topic's name. */
  public static String prefix(Settings settings) {
    return settings.text("topic.prefix", "clickstream");
  }

  /**
   * Reads the application id of stream-app. The topics that Kafka Streams creates begin with it.
   */
  public static String applicationId(Settings settings) {
    return settings.text("stream.application-id", usualApplicationId(settings));
  }

  /** The application id of stream-app that is named after the topics. */
  public static String usualApplicationId(Settings settings) {
    return usualApplicationId(prefix(settings));
  }

  /** The application id of stream-app that is named after topics with this prefix. */
  public static String usualApplicationId(String prefix) {
    return prefix + "-stream";
  }
}
