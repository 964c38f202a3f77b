package io.weir.simulator.publish;

import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/** Tells whether a topic was ever written to, by this simulator or by another program. */
public final class EarlierRecords {
  private EarlierRecords() {}

  /** Whether the topic has or had records; false for a missing topic. Expired records count. */
  public static boolean exist(KafkaConnection connection, String topic) {
    try (Admin admin = connection.admin()) {
      return admin.listTopics().names().get().contains(topic) && isWritten(admin, topic);
    } catch (ExecutionException e) {
      throw new StartupException("topic " + topic + " cannot be read: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted while reading topic " + topic, e);
    }
  }

  private static boolean isWritten(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    var ends = new HashMap<TopicPartition, OffsetSpec>();
    for (TopicDescription found :
        admin.describeTopics(List.of(topic)).allTopicNames().get().values()) {
      for (TopicPartitionInfo partition : found.partitions()) {
        ends.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
      }
    }
    return admin.listOffsets(ends).all().get().values().stream().anyMatch(end -> end.offset() > 0);
  }
}
