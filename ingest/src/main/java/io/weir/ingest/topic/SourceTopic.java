package io.weir.ingest.topic;

import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import io.weir.process.access.KafkaRefusal;
import io.weir.process.access.ServiceRights;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A topic that somebody else writes.
 *
 * @param cluster the id of its cluster
 * @param id changes when the topic is deleted and made anew
 */
public record SourceTopic(
    KafkaConnection kafka,
    String cluster,
    String name,
    String id,
    List<TopicPartition> partitions) {
  public SourceTopic {
    partitions = List.copyOf(partitions);
  }

  /** Looks at the topic; fails with a message for the operator if it cannot be read. */
  public static SourceTopic find(KafkaConnection kafka, String name) {
    kafka.check(10);
    try (Admin admin = kafka.admin()) {
      TopicDescription found = admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
      if (found == null) {
        throw missing(kafka, name);
      }
      List<TopicPartition> partitions =
          found.partitions().stream()
              .map(each -> new TopicPartition(name, each.partition()))
              .toList();
      String cluster = admin.describeCluster().clusterId().get();
      return new SourceTopic(kafka, cluster, name, found.topicId().toString(), partitions);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UnknownTopicOrPartitionException
          ? missing(kafka, name)
          : unreadable(name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted while looking at topic " + name, e);
    }
  }

  private static StartupException missing(KafkaConnection kafka, String name) {
    return new StartupException(
        "there is no topic "
            + name
            + " at "
            + kafka.bootstrapServers()
            + "; check --topic, or name its cluster with WEIR_INGEST_SOURCE_BOOTSTRAP_SERVERS");
  }

  /** The offsets at which the partitions end now. */
  public Map<TopicPartition, Long> ends() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      return consumer.endOffsets(partitions);
    } catch (KafkaException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * Looks up whether the group has read the topic before. If not, and {@code first} is there, it
   * begins at those offsets.
   */
  public boolean isKnownTo(String group, Optional<Map<TopicPartition, Long>> first) {
    try {
      return Positions.begin(this, group, first);
    } catch (KafkaException e) {
      throw unreadable(name, e);
    }
  }

  static StartupException unreadable(String name, Exception e) {
    ServiceRights rights = ServiceRights.reader("ingest");
    String advice =
        "; `./weir acls --service collector --source-topic %s` prints all that are needed (with"
                .formatted(name)
            + " --group, if ingest has one)";
    return new StartupException(
        "topic "
            + name
            + " cannot be read: "
            + KafkaRefusal.of(e, rights)
                .map(refusal -> refusal.replace(ServiceRights.ADVICE, advice))
                .orElse(String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause())),
        e);
  }

  /** A consumer without a group. */
  KafkaConsumer<byte[], byte[]> consumer() {
    return consumer(Map.of());
  }

  /** A consumer of a group, whose positions the caller commits and looks after. */
  KafkaConsumer<byte[], byte[]> consumer(String group) {
    return consumer(Map.of("group.id", group));
  }

  private KafkaConsumer<byte[], byte[]> consumer(Map<String, String> more) {
    Map<String, Object> properties = kafka.properties();
    properties.putIfAbsent("max.poll.records", 500);
    // The partitions of a process that was killed stand still that long.
    properties.putIfAbsent("session.timeout.ms", 10_000);
    properties.put("enable.auto.commit", false);
    properties.put("auto.offset.reset", "none");
    properties.put("isolation.level", "read_committed");
    properties.put("allow.auto.create.topics", false);
    properties.putAll(more);
    try {
      return new KafkaConsumer<>(
          properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    } catch (KafkaException e) {
      throw unreadable(name, e);
    }
  }

  @Override
  public String toString() {
    return name
        + partitions.stream()
            .map(each -> "" + each.partition())
            .collect(Collectors.joining(",", "[", "]"));
  }
}
