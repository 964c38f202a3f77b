package io.weir.sink.loop;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Whether Kafka answers: a poll does not say, it waits in silence. */
final class BrokerProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private BrokerProbe() {}

  static void ask(Consumer<?, ?> consumer, String topic) {
    try {
      consumer.endOffsets(List.of(new TopicPartition(topic, 0)), PATIENCE);
    } catch (TimeoutException e) {
      throw new IllegalStateException("Kafka does not answer", e);
    }
  }
}
