package io.weir.tools.erase;

import io.weir.contract.GoldTopic;
import io.weir.contract.Topic;
import io.weir.process.StartupException;
import io.weir.process.VisibleTopics;
import io.weir.process.access.KafkaNames;
import io.weir.process.access.Right;
import io.weir.process.access.ServiceRights;
import io.weir.tools.settings.ToolSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/**
 * The compacted topics of this Weir as the broker reports them, with the changelogs of its state.
 * Each has the time for which a replaced or deleted value is kept, and then the key alone.
 *
 * @param others raw topics with another prefix, which may be those of rebuilds
 */
record KafkaCopies(List<Compacted> topics, List<String> others) {
  private static final String LAG = "max.compaction.lag.ms";
  private static final String RAW = ".raw";
  private static final String TOMBSTONE = "delete.retention.ms";

  /**
   * One compacted topic. The longest possible {@link Duration} means no bound, which is the
   * brokers' default.
   */
  record Compacted(String topic, Duration value, Duration key) {
    boolean isBounded() {
      return value.toMillis() < Long.MAX_VALUE;
    }
  }

  KafkaCopies {
    topics = List.copyOf(topics);
    others = List.copyOf(others);
  }

  static KafkaCopies of(Admin admin, ToolSettings at) {
    String prefix = at.prefix();
    requireVisible(admin, at);
    try {
      Set<String> names = admin.listTopics().names().get();
      List<ConfigResource> asked =
          names.stream()
              .filter(name -> isOwn(name, prefix, at.application()))
              .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
              .toList();
      return new KafkaCopies(
          compacted(admin.describeConfigs(asked).all().get()), otherRaw(names, prefix));
    } catch (ExecutionException e) {
      // Kafka does not say which topic it was, nor which of the two beginnings it has.
      String why =
          e.getCause() instanceof TopicAuthorizationException
              ? missing(at.rights())
              : String.valueOf(e.getCause());
      throw new StartupException("Kafka does not report how its topics are compacted: " + why, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted; repeat the command", e);
    }
  }

  /**
   * After a switch of gold the changelogs begin with another application id than the prefix, and
   * the prefix of another installation may begin with this one.
   */
  static boolean isOwn(String name, String prefix, String application) {
    return name.startsWith(prefix + ".")
        || name.startsWith(application + "-")
        || name.startsWith(KafkaNames.scoringApplication(prefix) + "-");
  }

  static String missing(ServiceRights rights) {
    return rights.lacks(
        rights.rights().stream().filter(Right::isPrefixed).map(Right::toString).toList());
  }

  /** Kafka does not list topics that it hides, and the certificate would be silent about them. */
  private static void requireVisible(Admin admin, ToolSettings at) {
    var names = new ArrayList<>(at.topics().all().stream().map(Topic::name).toList());
    names.add(GoldTopic.name(at.application()));
    new VisibleTopics(admin, at.rights()).of(names);
  }

  /** The raw topics of other prefixes, in the order of their names. */
  static List<String> otherRaw(Set<String> names, String prefix) {
    return names.stream()
        .filter(name -> name.endsWith(RAW) && !name.equals(prefix + RAW))
        .sorted()
        .toList();
  }

  private static List<Compacted> compacted(Map<ConfigResource, Config> described) {
    var byName = new TreeMap<String, Config>();
    described.forEach((topic, config) -> byName.put(topic.name(), config));
    var found = new ArrayList<Compacted>();
    byName.forEach((topic, config) -> {
      if (value(config, "cleanup.policy").contains("compact")) {
        found.add(new Compacted(topic, millis(config, LAG), millis(config, TOMBSTONE)));
      }
    });
    return found;
  }

  private static Duration millis(Config config, String key) {
    return Duration.ofMillis(Long.parseLong(value(config, key)));
  }

  private static String value(Config config, String key) {
    return String.valueOf(config.get(key).value());
  }

  /** The lines for the certificate, one per topic. */
  List<String> lines() {
    return topics.stream().map(KafkaCopies::line).toList();
  }

  private static String line(Compacted each) {
    String value =
        each.isBounded()
            ? each.value.toHours() + " h (" + LAG + ")"
            : "without a bound, until " + LAG + " is set";
    return each.topic + ": values " + value + ", ids " + each.key.toHours() + " h more";
  }
}
