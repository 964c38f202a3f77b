package io.weir.tools.rebuild;

import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether a topic has not grown for some seconds. stream-app closes sessions some moments after it
 * has read their last records, and writes their cells with its next commit.
 */
final class Stillness implements BooleanSupplier {
  private static final long LONG_ENOUGH = Duration.ofSeconds(3).toNanos();

  private final Supplier<Map<TopicPartition, Long>> ends;
  private final LongSupplier nanos;
  private Map<TopicPartition, Long> last = Map.of();
  private long since;

  Stillness(Supplier<Map<TopicPartition, Long>> ends, LongSupplier nanos) {
    this.ends = ends;
    this.nanos = nanos;
  }

  @Override
  public boolean getAsBoolean() {
    Map<TopicPartition, Long> now = ends.get();
    long at = nanos.getAsLong();
    if (!now.equals(last)) {
      last = now;
      since = at;
    }
    return !now.isEmpty() && at - since >= LONG_ENOUGH;
  }
}
