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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics that are missing and reports where existing ones differ; alters nothing. */
public final class TopicProvisioner {
  private static final int LEADER_MS = 10_000;
  private static final int BROKER_SECONDS = 15;

  private final Admin admin;
  private final Duration patience;
  private final Consumer<String> notes;

  /** A provisioner with the usual patience, which keeps its notes to itself. */
  public TopicProvisioner(Admin admin) {
    this(admin, TopicWait.USUAL, _ -> {});
  }

  /**
   * A provisioner that says when it waits.
   *
   * @param patience for all brokers to know the topics
   */
  public TopicProvisioner(Admin admin, Duration patience, Consumer<String> notes) {
    this.admin = admin;
    this.patience = patience;
    this.notes = notes;
  }

  /** Creates what is missing, and notes what differs and what a person waits for. */
  public static void provision(
      KafkaConnection kafka, Collection<Topic> topics, Consumer<String> notes) {
    kafka.check(BROKER_SECONDS);
    try (Admin admin = kafka.admin()) {
      new TopicProvisioner(admin, kafka.startTimeout(), notes)
          .ensure(topics)
          .forEach(drift -> notes.accept("topic drift, nothing was altered: " + drift));
    }
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
    var wait = new TopicWait(patience, System::nanoTime, Thread::sleep, notes);
    try {
      create(topics, wait);
      return wait.until(() -> drift(topics, wait));
    } catch (ExecutionException e) {
      throw wait.failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted while creating topics", e);
    }
  }

  private void create(Collection<Topic> topics, TopicWait wait)
      throws ExecutionException, InterruptedException {
    var listing = new ListTopicsOptions().timeoutMs(wait.leftMillis());
    Set<String> existing = admin.listTopics(listing).names().get();
    List<NewTopic> missing =
        topics.stream()
            .filter(topic -> !existing.contains(topic.name()))
            .map(TopicProvisioner::created)
            .toList();
    var creation = new CreateTopicsOptions().timeoutMs(wait.leftMillis());
    for (var result : admin.createTopics(missing, creation).values().entrySet()) {
      awaitCreated(result.getKey(), result.getValue());
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
   * A broker that is named as a leader may not have opened its log yet. What an idempotent producer
   * sends then can be refused at first and come behind its successor, after which it is out of
   * sequence for good (KAFKA-15591). So each leader has to answer once.
   */
  private List<Drift> silentLeaders(Collection<TopicDescription> topics, TopicWait wait)
      throws InterruptedException {
    Map<TopicPartition, OffsetSpec> partitions =
        topics.stream()
            .flatMap(topic ->
                topic.partitions().stream()
                    .map(part -> new TopicPartition(topic.name(), part.partition())))
            .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
    int timeout = Math.min(LEADER_MS, wait.leftMillis());
    ListOffsetsResult answers =
        admin.listOffsets(partitions, new ListOffsetsOptions().timeoutMs(timeout));
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

  private List<Drift> drift(Collection<Topic> topics, TopicWait wait)
      throws ExecutionException, InterruptedException {
    List<String> names = topics.stream().map(Topic::name).toList();
    var describing = new DescribeTopicsOptions().timeoutMs(wait.leftMillis());
    Map<String, TopicDescription> described =
        admin.describeTopics(names, describing).allTopicNames().get();
    var reading = new DescribeConfigsOptions().timeoutMs(wait.leftMillis());
    Map<String, Config> configured =
        admin
            .describeConfigs(names.stream().map(TopicProvisioner::resource).toList(), reading)
            .all()
            .get()
            .entrySet()
            .stream()
            .collect(Collectors.toMap(e -> e.getKey().name(), Map.Entry::getValue));
    var drift = new ArrayList<>(silentLeaders(described.values(), wait));
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
