package io.weir.tools.rebuild;

import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import io.weir.tools.settings.ToolSettings;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Where the live application has stopped: the next offset of each partition of the topics that it
 * reads. What it has read is in its results, and nothing else is.
 */
record Cut(Map<TopicPartition, Long> next) {
  /** The header in which stream-app notes where a record was that it sends to another partition. */
  private static final String ORIGIN = "weir-origin";

  private static final int ORIGIN_BYTES = Integer.BYTES + 2 * Long.BYTES;

  Cut {
    next = Map.copyOf(next);
  }

  /** The cut of an application that does not run. */
  static Cut of(Brokers brokers, ToolSettings at) {
    Map<TopicPartition, Long> committed = brokers.committed(at.application());
    if (committed.keySet().stream().noneMatch(each -> each.topic().equals(at.raw().name()))) {
      throw new StartupException(
          "the group "
              + at.application()
              + " has read nothing of "
              + at.raw().name()
              + "; is WEIR_STREAM_APPLICATION_ID that of the live stream-app?");
    }
    var next = new HashMap<TopicPartition, Long>();
    for (String topic : topics(at)) {
      brokers
          .begins(topic)
          .forEach(
              (partition, begin) -> next.put(partition, committed.getOrDefault(partition, begin)));
    }
    return new Cut(next);
  }

  static List<String> topics(ToolSettings at) {
    return List.of(at.raw().name(), at.topics().rekeyed().name(), at.topics().erasures().name());
  }

  /** The offsets of one topic, by partition. */
  Map<Integer, Long> of(String topic) {
    var found = new TreeMap<Integer, Long>();
    next.forEach((partition, offset) -> {
      if (partition.topic().equals(topic)) {
        found.put(partition.partition(), offset);
      }
    });
    return found;
  }

  /**
   * The raw records that the application has sent to the topic of re-keyed ones and has not read
   * there: they are before the cut, and in none of its results.
   */
  Map<Integer, Set<Long>> unreadRekeyed(KafkaConnection kafka, Brokers brokers, String rekeyed) {
    var unread = new TreeMap<Integer, Set<Long>>();
    TopicRest.read(kafka, next, brokers.ends(rekeyed), each -> add(each, unread));
    return unread;
  }

  private static void add(ConsumerRecord<byte[], byte[]> record, Map<Integer, Set<Long>> unread) {
    Header header = record.headers().lastHeader(ORIGIN);
    if (header == null || header.value() == null || header.value().length != ORIGIN_BYTES) {
      // stream-app did not send it; the new application takes it as the live one would.
      return;
    }
    ByteBuffer origin = ByteBuffer.wrap(header.value());
    unread.computeIfAbsent(origin.getInt(), _ -> new HashSet<>()).add(origin.getLong());
  }
}
