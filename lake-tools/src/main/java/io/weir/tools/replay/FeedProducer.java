package io.weir.tools.replay;

import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import io.weir.process.access.KafkaNames;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends each batch in a transaction, so a topic has all of a batch or nothing. Its transactional id
 * is the topic's, so a later run ends the transactions of an earlier one.
 */
final class FeedProducer implements AutoCloseable {
  private static final int LARGEST = 64 << 20;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;

  private FeedProducer(KafkaProducer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  static FeedProducer open(KafkaConnection kafka, String topic) {
    Map<String, Object> properties = kafka.properties();
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, KafkaNames.feed(topic));
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) LARGEST);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TimeUnit.SECONDS.toMillis(60));
    try {
      var producer =
          new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
      producer.initTransactions();
      return new FeedProducer(producer, topic);
    } catch (KafkaException e) {
      throw refused(topic, e);
    }
  }

  void send(List<StoredRecord> batch) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      producer.beginTransaction();
      for (StoredRecord each : batch) {
        var _ = producer.send(copy(each));
      }
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw refused(topic, e);
    }
  }

  private ProducerRecord<byte[], byte[]> copy(StoredRecord record) {
    Origin origin = record.origin();
    var copy =
        new ProducerRecord<byte[], byte[]>(
            topic,
            origin.partition(),
            origin.appendTime().toEpochMilli(),
            RawFeed.bytes(record.key()),
            RawFeed.bytes(record.value()));
    Outgoing.unchanged(record, 1)
        .headers()
        .forEach(header -> copy.headers().add(header.name(), RawFeed.bytes(header.value())));
    return copy;
  }

  private static StartupException refused(String topic, KafkaException e) {
    String why =
        e instanceof ProducerFencedException
            ? "another feed has begun"
            : "Kafka refused a record: " + e.getMessage();
    return new StartupException(topic + ": " + why + "; run the command again to continue", e);
  }

  @Override
  public void close() {
    producer.close();
  }
}
