package io.weir.benchmarks.topic;

import io.weir.contract.AvroSerde;
import io.weir.process.KafkaConnection;
import io.weir.contract.avro.Session;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The sessions a topic holds when revisions have replaced what they revise and retractions have
 * removed it; committed records only.
 */
public record FinalSessions(long sessions, long events, long revenueCents) {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long TEN_THOUSANDTHS_PER_CENT = 100;

  /** One session, as far as it is compared. */
  private record Row(int events, long revenueE4) {}

  public static FinalSessions of(KafkaConnection kafka, String topic) {
    Map<String, Object> properties = kafka.properties();
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    var tally = new Tally();
    try (var consumer =
        new KafkaConsumer<>(
            properties, new ByteArrayDeserializer(), AvroSerde.session().deserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], Session> record : consumer.poll(POLL)) {
          tally.take(record.value());
        }
      }
    }
    return tally.sum();
  }

  /** Takes what the topic says, in its order by session. */
  static final class Tally {
    private final Map<String, Row> rows = new HashMap<>();

    void take(Session session) {
      if (session.getIsRetracted()) {
        rows.remove(session.getSessionKey());
        return;
      }
      long revenue = 0;
      for (long amount : session.getRevenueE4().values()) {
        revenue += amount;
      }
      rows.put(session.getSessionKey(), new Row(session.getEvents(), revenue));
    }

    FinalSessions sum() {
      long events = 0;
      long revenue = 0;
      for (Row row : rows.values()) {
        events += row.events();
        revenue += row.revenueE4();
      }
      return new FinalSessions(rows.size(), events, revenue / TEN_THOUSANDTHS_PER_CENT);
    }
  }
}
