package io.weir.lake.commit;

import java.util.Optional;

/**
 * The offsets that a topic has in a partition: from {@code first}, up to but not including {@code
 * end}.
 */
public record Available(String topic, int partition, long first, long end) {

  /**
   * Why reading cannot continue at the table's offset: records expired, or the topic is a different
   * one. Empty if it can continue.
   */
  public Optional<String> refusal(long committed) {
    if (committed > end) {
      return Optional.of(
          place()
              + " ends at offset "
              + end
              + ", the table stands at offset "
              + committed
              + ": the topic was made anew or cut");
    }
    if (committed < first) {
      return Optional.of(
          place()
              + " begins at offset "
              + first
              + ", the table stands at offset "
              + committed
              + ": offsets "
              + committed
              + " to "
              + (first - 1)
              + " expired unread");
    }
    return Optional.empty();
  }

  private String place() {
    return "topic " + topic + " partition " + partition;
  }
}
