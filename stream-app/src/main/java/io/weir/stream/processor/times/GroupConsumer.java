package io.weir.stream.processor.times;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.internals.AsyncKafkaConsumer;
import org.apache.kafka.clients.consumer.internals.StreamsRebalanceData;
import org.apache.kafka.streams.internals.ConsumerWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The consumer of the input topics in a group of the protocol {@code streams}. Kafka Streams makes
 * that consumer itself and asks no client supplier; it wraps it in this class, which it creates by
 * name.
 */
public final class GroupConsumer extends ConsumerWrapper {
  private @Nullable AppendTimes times;

  @Override
  public void wrapConsumer(
      AsyncKafkaConsumer<byte[], byte[]> consumer,
      Map<String, Object> config,
      Optional<StreamsRebalanceData> group) {
    super.wrapConsumer(consumer, config, group);
    times = AppendTimes.of(config);
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    return Objects.requireNonNull(times).apply(super.poll(timeout));
  }
}
