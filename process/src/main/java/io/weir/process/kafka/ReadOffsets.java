package io.weir.process.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** The offsets up to which a consumer group has read. */
public final class ReadOffsets {
  private ReadOffsets() {}

  /** What the group has committed; empty if there is no such group. */
  public static Map<TopicPartition, Long> of(Admin admin, String group)
      throws ExecutionException, InterruptedException {
    var next = new HashMap<TopicPartition, Long>();
    try {
      for (var each :
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet()) {
        OffsetAndMetadata offset = each.getValue();
        if (offset != null) {
          next.put(each.getKey(), offset.offset());
        }
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof GroupIdNotFoundException)) {
        throw e;
      }
    }
    return next;
  }
}
