package io.weir.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topic;
import io.weir.process.TopicProvisioner;
import io.weir.testkit.RealBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic that was created is ready: a producer sends its first records without a retry. */
class NewTopicsIT {
  private static final int TOPICS = 8;
  private static final int PARTITIONS = 24;
  private static final int RECORDS = 4;

  @Test
  void firstRecords_areTakenInTheirOrder(@TempDir Path folder)
      throws ExecutionException, InterruptedException, TimeoutException {
    try (RealBroker broker = RealBroker.start(folder.resolve("kafka"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        var producer = producer(broker)) {
      List<Topic> topics =
          IntStream.range(0, TOPICS)
              .mapToObj(i -> new Topic("t" + i, PARTITIONS, (short) 1, Duration.ofDays(1)))
              .toList();

      assertThat(new TopicProvisioner(admin, _ -> {}).ensure(topics)).isEmpty();

      var sent = new ArrayList<Future<RecordMetadata>>();
      for (int i = 0; i < RECORDS; i++) {
        for (Topic topic : topics) {
          for (int partition = 0; partition < PARTITIONS; partition++) {
            sent.add(producer.send(new ProducerRecord<>(topic.name(), partition, null, bytes(i))));
          }
        }
      }
      for (int i = 0; i < sent.size(); i++) {
        long offset = sent.get(i).get(20, TimeUnit.SECONDS).offset();
        assertThat(offset).isEqualTo(i / (TOPICS * PARTITIONS));
      }
      assertThat(errors(producer)).isZero();
    }
  }

  private static byte[] bytes(int number) {
    return new byte[] {(byte) number};
  }

  private static KafkaProducer<byte[], byte[]> producer(RealBroker broker) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", broker.bootstrapServers(), "batch.size", 1),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static double errors(KafkaProducer<?, ?> producer) {
    return producer.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals("record-retry-total"))
        .filter(metric -> metric.metricName().group().equals("producer-metrics"))
        .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue())
        .sum();
  }
}
