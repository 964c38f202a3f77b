package io.weir.sink.loop;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Asks whether Kafka answers. A poll is no test, because it waits without an error. */
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
