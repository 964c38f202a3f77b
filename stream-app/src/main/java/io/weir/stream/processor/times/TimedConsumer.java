package io.weir.stream.processor.times;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The consumer of the input topics in a group of the protocol {@code classic}. It is no
 * interceptor, because Kafka goes on without an interceptor that fails.
 */
public final class TimedConsumer extends KafkaConsumer<byte[], byte[]> {
  private final AppendTimes times;

  public TimedConsumer(
      Map<String, Object> config, Deserializer<byte[]> keys, Deserializer<byte[]> values) {
    super(config, keys, values);
    this.times = AppendTimes.of(config);
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    return times.apply(super.poll(timeout));
  }
}
