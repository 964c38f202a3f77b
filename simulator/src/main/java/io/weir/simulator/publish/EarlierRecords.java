package io.weir.simulator.publish;

import io.weir.contract.Topic;
import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import io.weir.process.VisibleTopics;
import io.weir.process.access.AccessCatalogue;
import java.util.Collection;
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
  public static boolean exist(KafkaConnection connection, Topic topic) {
    try (Admin admin = connection.admin()) {
      var visible = new VisibleTopics(admin, AccessCatalogue.collector(topic));
      return isWritten(admin, visible.of(List.of(topic.name())).values());
    } catch (ExecutionException e) {
      throw new StartupException("topic " + topic.name() + " cannot be read: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted while reading topic " + topic.name(), e);
    }
  }

  private static boolean isWritten(Admin admin, Collection<TopicDescription> topics)
      throws ExecutionException, InterruptedException {
    var ends = new HashMap<TopicPartition, OffsetSpec>();
    for (TopicDescription found : topics) {
      for (TopicPartitionInfo partition : found.partitions()) {
        ends.put(new TopicPartition(found.name(), partition.partition()), OffsetSpec.latest());
      }
    }
    return admin.listOffsets(ends).all().get().values().stream().anyMatch(end -> end.offset() > 0);
  }
}
