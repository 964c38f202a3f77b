package io.weir.benchmarks.topic;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.Session;
import io.weir.process.KafkaConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The sums of the sessions that a topic holds, once revisions have replaced the sessions they
 * revise and retractions have removed theirs. Only committed records count.
 */
public record FinalSessions(long sessions, long events, long revenueCents) {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long TEN_THOUSANDTHS_PER_CENT = 100;

  /** The compared figures of one session. */
  private record SessionTotals(int events, long revenueE4) {}

  public static FinalSessions of(KafkaConnection kafka, String topic) {
    Map<String, Object> properties = kafka.properties();
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    var tally = new SessionTally();
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

  /** The sum over the records of the topic, in the order of the topic. */
  static final class SessionTally {
    private final Map<String, SessionTotals> rows = new HashMap<>();

    void take(Session session) {
      if (session.getIsRetracted()) {
        rows.remove(session.getSessionKey());
        return;
      }
      long revenue = 0;
      for (long amount : session.getRevenueE4().values()) {
        revenue += amount;
      }
      rows.put(session.getSessionKey(), new SessionTotals(session.getEvents(), revenue));
    }

    FinalSessions sum() {
      long events = 0;
      long revenue = 0;
      for (SessionTotals row : rows.values()) {
        events += row.events();
        revenue += row.revenueE4();
      }
      return new FinalSessions(rows.size(), events, revenue / TEN_THOUSANDTHS_PER_CENT);
    }
  }
}
