package io.weir.sink.gold;

import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import io.weir.process.access.KafkaNames;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** The offsets that consumer groups have committed in Kafka. */
public record GroupOffsets(KafkaConnection kafka, String prefix) implements FormerPositions {
  private static final int PATIENCE_SECONDS = 15;

  /** The consumer group of a table. */
  public static String group(String prefix, String table) {
    return KafkaNames.sinkGroup(prefix, table);
  }

  @Override
  public Map<Integer, Long> of(String view) {
    var next = new TreeMap<Integer, Long>();
    committed(group(prefix, view))
        .forEach((partition, offset) -> {
          if (offset != null) {
            next.put(partition.partition(), offset.offset());
          }
        });
    return next;
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(String group) {
    try (Admin admin = kafka.admin()) {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return Map.of();
      }
      throw unknown(group, e);
    } catch (TimeoutException e) {
      throw unknown(group, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(group, e);
    }
  }

  private static StartupException unknown(String group, Exception e) {
    return new StartupException(
        "Kafka does not report the offsets of group " + group + ": " + e, e);
  }
}
