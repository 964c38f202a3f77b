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
        settings.text("topic.prefix", "clickstream"),
        settings.integer("topic.partitions", 12, 1, 10_000),
        (short) settings.integer("topic.replication", 1, 1, 32),
        settings.duration("topic.retention", Duration.ofDays(7)));
  }
}
