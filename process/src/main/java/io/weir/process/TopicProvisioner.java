package io.weir.process;

import static java.util.Objects.requireNonNull;

import io.weir.contract.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics that are missing and reports where existing ones differ; alters nothing. */
public final class TopicProvisioner {
  private static final Logger LOG = LoggerFactory.getLogger(TopicProvisioner.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final int LEADER_MS = 10_000;

  private final Admin admin;

  public TopicProvisioner(Admin admin) {
    this.admin = admin;
  }

  /** One difference between the catalogue and the broker. */
  public record Drift(String topic, String setting, String wanted, String found) {
    @Override
    public String toString() {
      return topic + ": " + setting + " is " + found + ", the catalogue says " + wanted;
    }
  }

  /** Creates what is missing, also when another service does the same now; returns the drift. */
  public List<Drift> ensure(Collection<Topic> topics) {
    try {
      Set<String> existing = admin.listTopics().names().get();
      List<NewTopic> missing =
          topics.stream()
              .filter(topic -> !existing.contains(topic.name()))
              .map(TopicProvisioner::created)
              .toList();
      for (var result : admin.createTopics(missing).values().entrySet()) {
        awaitCreated(result.getKey(), result.getValue());
      }
      return driftOnceKnown(topics);
    } catch (ExecutionException e) {
      throw new StartupException("topics cannot be created or read: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted while creating topics", e);
    }
  }

  private static NewTopic created(Topic topic) {
    return new NewTopic(topic.name(), topic.partitions(), topic.replication())
        .configs(topic.configuration());
  }

  private static void awaitCreated(String name, KafkaFuture<Void> creation)
      throws ExecutionException, InterruptedException {
    try {
      creation.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new StartupException("topic " + name + " cannot be created: " + e.getCause(), e);
      }
    }
  }

  /**
   * A topic that was created just now is not known to every broker at once, and none says when. The
   * brokers are asked again, for {@link #PATIENCE} at most.
   */
  private List<Drift> driftOnceKnown(Collection<Topic> topics)
      throws ExecutionException, InterruptedException {
    long begin = System.nanoTime();
    for (boolean isFirst = true; ; isFirst = false) {
      try {
        return drift(topics);
      } catch (ExecutionException e) {
        boolean isOver = System.nanoTime() - begin > PATIENCE.toNanos();
        if (isOver || !(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
        if (isFirst) {
          LOG.info(
              "Not every broker knows the new topics yet; asking again for up to {} s",
              PATIENCE.toSeconds());
        }
        Thread.sleep(PAUSE);
      }
    }
  }

  /**
   * A broker that is named as a leader may not have opened its log yet. What an idempotent producer
   * sends then can be refused at first and come behind its successor, after which it is out of
   * sequence for good (KAFKA-15591). So each leader has to answer once.
   */
  private List<Drift> silentLeaders(Collection<TopicDescription> topics)
      throws InterruptedException {
    Map<TopicPartition, OffsetSpec> partitions =
        topics.stream()
            .flatMap(topic ->
                topic.partitions().stream()
                    .map(part -> new TopicPartition(topic.name(), part.partition())))
            .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
    ListOffsetsResult answers =
        admin.listOffsets(partitions, new ListOffsetsOptions().timeoutMs(LEADER_MS));
    var silent = new ArrayList<Drift>();
    for (TopicPartition partition : partitions.keySet()) {
      try {
        answers.partitionResult(partition).get();
      } catch (ExecutionException e) {
        String number = "partition " + partition.partition();
        silent.add(
            new Drift(partition.topic(), number, "a leader that answers", "" + e.getCause()));
      }
    }
    return silent;
  }

  private List<Drift> drift(Collection<Topic> topics)
      throws ExecutionException, InterruptedException {
    List<String> names = topics.stream().map(Topic::name).toList();
    Map<String, TopicDescription> described = admin.describeTopics(names).allTopicNames().get();
    Map<String, Config> configured =
        admin
            .describeConfigs(names.stream().map(TopicProvisioner::resource).toList())
            .all()
            .get()
            .entrySet()
            .stream()
            .collect(Collectors.toMap(e -> e.getKey().name(), Map.Entry::getValue));
    var drift = new ArrayList<>(silentLeaders(described.values()));
    for (Topic topic : topics) {
      TopicDescription description = requireNonNull(described.get(topic.name()));
      compare(topic, description, requireNonNull(configured.get(topic.name())), drift);
    }
    return drift;
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private static void compare(
      Topic topic, TopicDescription description, Config config, List<Drift> drift) {
    int partitions = description.partitions().size();
    if (partitions != topic.partitions()) {
      drift.add(new Drift(topic.name(), "partitions", "" + topic.partitions(), "" + partitions));
    }
    int replication = description.partitions().getFirst().replicas().size();
    if (replication != topic.replication()) {
      drift.add(new Drift(topic.name(), "replication", "" + topic.replication(), "" + replication));
    }
    topic
        .configuration()
        .forEach((key, wanted) -> {
          ConfigEntry found = config.get(key);
          if (found == null || !wanted.equals(found.value())) {
            String value = found == null ? "absent" : found.value();
            drift.add(new Drift(topic.name(), key, wanted, value));
          }
        });
  }
}
