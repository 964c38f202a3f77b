package io.weir.local.topic;

import io.weir.contract.Topic;
import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import io.weir.process.TopicProvisioner;
import io.weir.process.TopicProvisioner.Drift;
import io.weir.process.VisibleTopics;
import io.weir.process.access.ServiceRights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** The topics of the catalogue on a broker: created, compared, counted. */
public final class TopicList {
  private final KafkaConnection connection;

  public TopicList(KafkaConnection connection) {
    this.connection = connection;
  }

  /**
   * Creates the missing topics; returns the differences between existing topics and the catalogue.
   */
  public List<Drift> provision(List<Topic> topics) {
    try (Admin admin = connection.admin()) {
      return new TopicProvisioner(admin, _ -> {}).ensure(topics);
    }
  }

  /** The end offsets by topic, transaction markers included; only of topics that exist. */
  public Map<String, Long> endOffsets(List<Topic> topics) throws InterruptedException {
    try (Admin admin = connection.admin()) {
      List<String> names = topics.stream().map(Topic::name).toList();
      Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
      new VisibleTopics(admin, ServiceRights.unlisted())
          .of(names)
          .forEach((name, description) ->
              description
                  .partitions()
                  .forEach(partition ->
                      wanted.put(
                          new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
      return admin.listOffsets(wanted).all().get().entrySet().stream()
          .collect(
              Collectors.groupingBy(
                  end -> end.getKey().topic(),
                  TreeMap::new,
                  Collectors.summingLong(end -> end.getValue().offset())));
    } catch (ExecutionException e) {
      throw new StartupException("the topics cannot be read: " + e.getCause(), e);
    }
  }
}
