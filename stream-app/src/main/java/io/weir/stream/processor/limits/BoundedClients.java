package io.weir.stream.processor.limits;

import io.weir.stream.processor.times.TimedConsumer;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The clients that Kafka Streams makes by itself, except the consumer of the input topics: it keeps
 * no more of a record than {@link RecordLimits} allow, and knows when records were appended.
 */
public final class BoundedClients implements KafkaClientSupplier {
  /** The most bytes that the consumer keeps of a record. */
  public static int largestRecord() {
    return RecordLimits.record();
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new TimedConsumer(config, CuttingDeserializer.ofKeys(), CuttingDeserializer.ofValues());
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return whole(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return whole(config);
  }

  private static Consumer<byte[], byte[]> whole(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
