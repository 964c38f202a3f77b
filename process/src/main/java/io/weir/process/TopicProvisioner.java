package io.weir.process;

import static java.util.Objects.requireNonNull;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;

import io.weir.contract.Topic;
import io.weir.process.access.ServiceRights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Creates the topics that are missing and reports where existing ones differ; alters nothing. A
 * process without the right to create topics waits until somebody else has created them. A topic
 * that Kafka hides, or does not let the service use as it has to, ends the start with a message
 * that names the ACL.
 */
public final class TopicProvisioner {
  private static final int LEADER_MS = 10_000;
  private static final int BROKER_SECONDS = 15;

  private final Admin admin;
  private final Duration patience;
  private final Consumer<String> notes;
  private final ServiceRights rights;
  private final VisibleTopics visible;

  /** A provisioner with the usual patience. */
  public TopicProvisioner(Admin admin, Consumer<String> notes) {
    this(admin, TopicWait.USUAL, notes, ServiceRights.unlisted());
  }

  /**
   * A provisioner that says when it waits.
   *
   * @param patience for all brokers to know the topics
   * @param rights what the service needs
   */
  TopicProvisioner(Admin admin, Duration patience, Consumer<String> notes, ServiceRights rights) {
    this.admin = admin;
    this.patience = patience;
    this.notes = notes;
    this.rights = rights;
    this.visible = new VisibleTopics(admin, rights);
  }

  /**
   * Creates what is missing, and notes what differs and what a person waits for. Fails if Kafka
   * does not give the service its rights.
   */
  public static void provision(
      KafkaConnection kafka,
      ServiceRights rights,
      Collection<Topic> topics,
      Consumer<String> notes) {
    kafka.check(BROKER_SECONDS);
    Admin admin = kafka.admin();
    try {
      new TopicProvisioner(admin, kafka.startTimeout(), notes, rights)
          .ensure(topics)
          .forEach(drift -> notes.accept("topic drift, nothing was altered: " + drift));
      new RightsProbe(admin, rights).check(notes);
    } finally {
      // Without a bound it would wait for a question that nobody answers.
      admin.close(Duration.ZERO);
    }
  }

  /** The same for a process whose rights nobody has listed. */
  public static void provision(
      KafkaConnection kafka, Collection<Topic> topics, Consumer<String> notes) {
    provision(kafka, ServiceRights.unlisted(), topics, notes);
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
    return compared(topics, true);
  }

  /** The drift of topics that are there; creates none. */
  public List<Drift> drift(Collection<Topic> topics) {
    return compared(topics, false);
  }

  private List<Drift> compared(Collection<Topic> topics, boolean isCreating) {
    var wait = new TopicWait(patience, System::nanoTime, Thread::sleep, notes);
    try {
      if (isCreating) {
        create(topics, wait);
      }
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
    Set<String> existing = visible.of(names(topics), wait.leftMillis()).keySet();
    List<NewTopic> missing =
        topics.stream()
            .filter(topic -> !existing.contains(topic.name()))
            .map(TopicProvisioner::created)
            .toList();
    var creation = new CreateTopicsOptions().timeoutMs(wait.leftMillis());
    var forbidden = new TreeSet<String>();
    for (var result : admin.createTopics(missing, creation).values().entrySet()) {
      if (!isCreated(result.getKey(), result.getValue())) {
        forbidden.add(result.getKey());
      }
    }
    if (!forbidden.isEmpty()) {
      wait.because(
          "nobody else has created what is missing, and "
              + rights.lacks(
                  forbidden.stream()
                      .map(name -> ServiceRights.topic(name, Set.of(AclOperation.CREATE)))
                      .toList())
              + ". That was waited for");
    }
  }

  private static List<String> names(Collection<Topic> topics) {
    return topics.stream().map(Topic::name).toList();
  }

  private static NewTopic created(Topic topic) {
    return new NewTopic(topic.name(), topic.partitions(), topic.replication())
        .configs(topic.configuration());
  }

  /** Whether the topic exists now; false if the process may not create it. */
  private static boolean isCreated(String name, KafkaFuture<Void> creation)
      throws InterruptedException {
    try {
      creation.get();
      return true;
    } catch (ExecutionException e) {
      return switch (e.getCause()) {
        case TopicExistsException _ -> true;
        case TopicAuthorizationException _ -> false;
        case ClusterAuthorizationException _ -> false;
        case null, default ->
            throw new StartupException("topic " + name + " cannot be created: " + e.getCause(), e);
      };
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
    Map<String, TopicDescription> described = visible.of(names(topics), wait.leftMillis());
    for (Topic topic : topics) {
      if (!described.containsKey(topic.name())) {
        throw new ExecutionException(new UnknownTopicOrPartitionException(topic.name()));
      }
    }
    visible.requireUsable(described.values());
    var drift = new ArrayList<>(silentLeaders(described.values(), wait));
    Map<String, Config> configured = configured(topics, wait);
    for (Topic topic : topics) {
      compare(topic, requireNonNull(described.get(topic.name())), drift);
      Config config = configured.get(topic.name());
      if (config != null) {
        compare(topic, config, drift);
      }
    }
    return drift;
  }

  /** The configurations of the topics that this service creates, as far as it may see them. */
  private Map<String, Config> configured(Collection<Topic> topics, TopicWait wait)
      throws ExecutionException, InterruptedException {
    List<ConfigResource> asked =
        topics.stream()
            .map(Topic::name)
            .filter(this::isCompared)
            .map(TopicProvisioner::resource)
            .toList();
    var reading = new DescribeConfigsOptions().timeoutMs(wait.leftMillis());
    var found = new TreeMap<String, Config>();
    var hidden = new TreeSet<String>();
    for (var each : admin.describeConfigs(asked, reading).values().entrySet()) {
      try {
        found.put(each.getKey().name(), each.getValue().get());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicAuthorizationException)) {
          throw e;
        }
        hidden.add(ServiceRights.topic(each.getKey().name(), Set.of(DESCRIBE_CONFIGS)));
      }
    }
    if (!hidden.isEmpty()) {
      notes.accept(
          "settings of topics are not compared with the catalogue: "
              + rights.lacks(List.copyOf(hidden)));
    }
    return found;
  }

  private boolean isCompared(String topic) {
    return rights.rights().isEmpty()
        || rights.on(ResourceType.TOPIC, topic).contains(DESCRIBE_CONFIGS);
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private static void compare(Topic topic, TopicDescription found, List<Drift> drift) {
    int partitions = found.partitions().size();
    if (partitions != topic.partitions()) {
      drift.add(new Drift(topic.name(), "partitions", "" + topic.partitions(), "" + partitions));
    }
    int replication = found.partitions().getFirst().replicas().size();
    if (replication != topic.replication()) {
      drift.add(new Drift(topic.name(), "replication", "" + topic.replication(), "" + replication));
    }
  }

  private static void compare(Topic topic, Config config, List<Drift> drift) {
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
