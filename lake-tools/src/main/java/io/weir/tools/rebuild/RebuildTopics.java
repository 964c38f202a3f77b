package io.weir.tools.rebuild;

import io.weir.contract.Topic;
import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import io.weir.process.TopicProvisioner;
import io.weir.tools.settings.ToolSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

/** Makes the topics of a rebuild, with as many partitions as the live raw topic has. */
final class RebuildTopics {
  private static final String TIMES = "message.timestamp.type";
  private static final String COPIED = "CreateTime";
  private static final String LARGEST = Integer.toString(64 << 20);

  private final ToolSettings at;
  private final Brokers brokers;

  RebuildTopics(ToolSettings at, Brokers brokers) {
    this.at = at;
    this.brokers = brokers;
  }

  /** The partitions of the live raw topic, or what the settings say if it is gone. */
  int partitions() {
    return brokers
        .topic(at.raw().name())
        .map(topic -> topic.partitions().size())
        .orElse(at.raw().partitions());
  }

  /** Refuses a lake with records of partitions that the rebuild's topic would not have. */
  static void requireRoom(Collection<Integer> found, int partitions, RebuildName name) {
    int last = found.isEmpty() ? 0 : Collections.max(found);
    if (last >= partitions) {
      throw new StartupException(
          "bronze.raw_events has records of partition "
              + last
              + ", and "
              + name.raw()
              + " would get "
              + partitions
              + " partitions, as many as the live raw topic, or WEIR_TOPIC_PARTITIONS if that is"
              + " gone; set WEIR_TOPIC_PARTITIONS, or give the live topic partitions: "
              + (last + 1));
    }
  }

  /** Makes what is missing. Refuses a raw topic that cannot keep the append times of the lake. */
  void ensure(RebuildName name, int partitions) {
    brokers.create(
        new NewTopic(name.raw(), partitions, at.raw().replication())
            .configs(
                Map.of(
                    TIMES,
                    COPIED,
                    // The timestamps are old: a retention would delete the records at once.
                    "retention.ms",
                    "-1",
                    "max.message.bytes",
                    LARGEST)));
    KafkaConnection kafka = at.kafka();
    var others = new ArrayList<>(name.topics(at, partitions).all());
    others.removeIf(each -> each.name().equals(name.raw()));
    TopicProvisioner.provision(kafka, List.<Topic>copyOf(others), _ -> {});
    check(name.raw(), partitions);
    StrangersKeyCopy.ensure(kafka, at.topics().strangersKey(), name);
  }

  private void check(String raw, int partitions) {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, raw);
    String times =
        brokers.ask(admin -> admin.describeConfigs(List.of(resource)).all()).values().stream()
            .map(config -> String.valueOf(config.get(TIMES).value()))
            .findFirst()
            .orElse("");
    int found = brokers.topic(raw).map(TopicDescription::partitions).map(List::size).orElse(0);
    if (!times.equals(COPIED) || found != partitions) {
      throw new StartupException(
          raw
              + " exists with "
              + found
              + " partitions and "
              + TIMES
              + "="
              + times
              + ", and a rebuild needs "
              + partitions
              + " and "
              + COPIED
              + "; take another name, or delete the topic and feed before stream-app starts");
    }
  }
}
