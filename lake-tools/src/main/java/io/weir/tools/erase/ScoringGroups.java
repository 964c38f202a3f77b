package io.weir.tools.erase;

import io.weir.contract.Topic;
import io.weir.contract.Topics;
import io.weir.process.StartupException;
import io.weir.process.access.KafkaNames;
import io.weir.process.access.KafkaRefusal;
import io.weir.process.kafka.ReadOffsets;
import io.weir.tools.settings.ToolSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * The consumer groups of ml-scoring, and how far each has read.
 *
 * @param offsets of a group; empty if it has read nothing
 */
record ScoringGroups(List<Group> all, Function<String, Map<TopicPartition, Long>> offsets) {
  /** One group and the topics that it reads. */
  record Group(String name, List<Topic> topics) {}

  static List<Group> of(Topics topics) {
    String prefix = topics.prefix();
    List<Topic> sessions = List.of(topics.sessions());
    return List.of(
        new Group(KafkaNames.scoringApplication(prefix), sessions),
        new Group(KafkaNames.challengerApplication(prefix), sessions),
        new Group(KafkaNames.returnsApplication(prefix), sessions),
        new Group(
            KafkaNames.clicksApplication(prefix), List.of(topics.events(), topics.identities())));
  }

  /** Fails now, before anything is erased, if a group cannot be read. */
  static ScoringGroups visible(Admin admin, ToolSettings at) {
    var groups = new ScoringGroups(of(at.topics()), group -> read(admin, at, group));
    groups.all().forEach(groups::read);
    return groups;
  }

  Map<TopicPartition, Long> read(Group group) {
    return offsets.apply(group.name());
  }

  private static Map<TopicPartition, Long> read(Admin admin, ToolSettings at, String group) {
    try {
      return ReadOffsets.of(admin, group);
    } catch (ExecutionException e) {
      throw new StartupException(
          "Kafka does not report what "
              + group
              + " has read: "
              + KafkaRefusal.of(e, at.rights()).orElseGet(() -> String.valueOf(e.getCause())),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted; repeat the command", e);
    }
  }
}
