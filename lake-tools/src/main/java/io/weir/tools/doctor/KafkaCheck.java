package io.weir.tools.doctor;

import io.weir.contract.Topic;
import io.weir.contract.Topics;
import io.weir.process.TopicProvisioner;
import io.weir.process.TopicProvisioner.Drift;
import io.weir.process.VisibleTopics;
import io.weir.process.access.ServiceRights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/** The brokers and the topics of the catalogue. */
record KafkaCheck(Admin admin, Topics topics, ServiceRights rights) implements Check {
  private static final String BROKERS = "look at the brokers";

  @Override
  public String part() {
    return "topics";
  }

  @Override
  public List<Finding> look() {
    List<Topic> wanted = topics.all();
    Map<String, TopicDescription> found =
        new VisibleTopics(admin, rights).of(wanted.stream().map(Topic::name).toList());
    var seen = new ArrayList<Finding>();
    for (Topic topic : wanted) {
      TopicDescription description = found.get(topic.name());
      if (description == null) {
        seen.add(
            Finding.fail(
                    part(),
                    "missing",
                    "start stream-app, or run lake-sink's command prepare; is WEIR_TOPIC_PREFIX right?")
                .of(topic.name()));
      } else {
        seen.addAll(copies(description));
      }
    }
    List<Topic> existing =
        wanted.stream().filter(topic -> found.containsKey(topic.name())).toList();
    seen.addAll(differences(existing));
    if (seen.isEmpty()) {
      seen.add(Finding.ok(part(), wanted.size() + " topics, as the catalogue says"));
    }
    return seen;
  }

  private List<Finding> differences(List<Topic> existing) {
    var seen = new ArrayList<Finding>();
    // Settings that Kafka does not show are not compared, and it says so.
    var comparison =
        new TopicProvisioner(
            admin, note -> seen.add(Finding.warn(part(), note, "give the right, or look by hand")));
    for (Drift drift : comparison.drift(existing)) {
      seen.add(
          Finding.warn(
              part(), drift.toString(), "alter the topic by hand if the difference matters"));
    }
    return seen;
  }

  private List<Finding> copies(TopicDescription topic) {
    long leaderless = topic.partitions().stream().filter(each -> each.leader() == null).count();
    long behind =
        topic.partitions().stream()
            .filter(each -> each.isr().size() < each.replicas().size())
            .count();
    if (leaderless > 0) {
      String text = leaderless + " partitions have no leader";
      return List.of(Finding.fail(part(), text, BROKERS).of(topic.name()));
    }
    if (behind > 0) {
      String text = behind + " partitions have copies that lag";
      return List.of(Finding.warn(part(), text, BROKERS).of(topic.name()));
    }
    return List.of();
  }
}
