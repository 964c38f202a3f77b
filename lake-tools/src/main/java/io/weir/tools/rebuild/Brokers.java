package io.weir.tools.rebuild;

import io.weir.contract.StreamStores;
import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the brokers know of topics and groups. */
final class Brokers implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;

  private final Admin admin;

  private Brokers(Admin admin) {
    this.admin = admin;
  }

  static Brokers connect(KafkaConnection kafka) {
    kafka.check(PATIENCE_SECONDS);
    return new Brokers(kafka.admin());
  }

  /** The topic as it is, if it exists. */
  Optional<TopicDescription> topic(String name) {
    try {
      return Optional.of(
          answer(admin.describeTopics(List.of(name)).allTopicNames()).values().iterator().next());
    } catch (Refusal e) {
      if (e.is(UnknownTopicOrPartitionException.class)) {
        return Optional.empty();
      }
      if (e.is(TopicAuthorizationException.class)) {
        throw new StartupException("Kafka refuses this user ACLs: Describe on topic " + name, e);
      }
      throw e;
    }
  }

  /** Creates a topic, unless it exists. */
  void create(NewTopic topic) {
    try {
      answer(admin.createTopics(List.of(topic)).all());
    } catch (Refusal e) {
      if (!e.is(TopicExistsException.class)) {
        throw e;
      }
    }
  }

  /** The end of what is committed in each partition of a topic; empty without the topic. */
  Map<TopicPartition, Long> ends(String name) {
    Map<TopicPartition, OffsetSpec> asked =
        topic(name).stream()
            .flatMap(topic -> topic.partitions().stream())
            .collect(
                Collectors.toMap(
                    each -> new TopicPartition(name, each.partition()), _ -> OffsetSpec.latest()));
    var ends = new HashMap<TopicPartition, Long>();
    answer(admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all())
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  /** The first offset of each partition of a topic that exists. */
  Map<TopicPartition, Long> begins(String name) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    topic(name)
        .ifPresent(topic ->
            topic
                .partitions()
                .forEach(each ->
                    asked.put(new TopicPartition(name, each.partition()), OffsetSpec.earliest())));
    var begins = new HashMap<TopicPartition, Long>();
    answer(admin.listOffsets(asked).all())
        .forEach((partition, begin) -> begins.put(partition, begin.offset()));
    return begins;
  }

  /**
   * Whether a group has members: its processes run, or were killed less than a minute ago. The list
   * of groups has those of all protocols, but silently leaves out what this user may not see; the
   * description of one group is refused then.
   */
  boolean isRunning(String group) {
    Optional<GroupState> listed =
        answer(admin.listGroups().all()).stream()
            .filter(each -> each.groupId().equals(group))
            .flatMap(each -> each.groupState().stream())
            .findFirst();
    GroupState state = listed.orElseGet(() -> described(group));
    return state != GroupState.EMPTY && state != GroupState.DEAD;
  }

  private GroupState described(String group) {
    try {
      return answer(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
          .map(ConsumerGroupDescription::groupState)
          .findFirst()
          .orElse(GroupState.DEAD);
    } catch (Refusal e) {
      if (e.is(GroupIdNotFoundException.class)) {
        return GroupState.DEAD;
      }
      throw e;
    }
  }

  /** The ids of all groups that Kafka does not hide. */
  List<String> groups() {
    return answer(admin.listGroups().all()).stream().map(GroupListing::groupId).toList();
  }

  /** Sets what a group has read. It must not have members. */
  void commit(String group, Map<TopicPartition, Long> next) {
    var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
    next.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
    answer(admin.alterConsumerGroupOffsets(group, offsets).all());
  }

  /** The topics of an application's state that exist: those of its stores and no others. */
  List<String> state(String application) {
    return StreamStores.changelogs(application).stream()
        .filter(each -> topic(each).isPresent())
        .sorted()
        .toList();
  }

  /**
   * Topics that are named as if they were of an application's state, and are not: of an earlier
   * version, or of an application whose id begins with this one. Those of groups are left out.
   */
  List<String> alike(String application) {
    List<String> own = StreamStores.changelogs(application);
    List<String> others =
        groups().stream().filter(each -> each.startsWith(application + "-")).toList();
    return answer(admin.listTopics().names()).stream()
        .filter(each -> each.startsWith(application + "-"))
        .filter(each -> each.endsWith("-changelog") || each.endsWith("-repartition"))
        .filter(each -> !own.contains(each))
        .filter(each -> others.stream().noneMatch(other -> each.startsWith(other + "-")))
        .sorted()
        .toList();
  }

  /** Deletes topics that exist. */
  void delete(Collection<String> topics) {
    answer(admin.deleteTopics(topics).all());
  }

  /** Deletes a group, if it exists. Kafka refuses while it has members. */
  void deleteGroup(String group) {
    try {
      answer(admin.deleteConsumerGroups(List.of(group)).all());
    } catch (Refusal e) {
      if (!e.is(GroupIdNotFoundException.class)) {
        throw e;
      }
    }
  }

  /** The offsets that a group has committed; empty without the group. */
  Map<TopicPartition, Long> committed(String group) {
    Map<TopicPartition, OffsetAndMetadata> found;
    try {
      // Offsets of a transaction that was left open are not known before it has ended.
      var stable = new ListConsumerGroupOffsetsOptions().requireStable(true);
      found = answer(admin.listConsumerGroupOffsets(group, stable).partitionsToOffsetAndMetadata());
    } catch (Refusal e) {
      if (e.is(GroupIdNotFoundException.class)) {
        return Map.of();
      }
      throw e;
    }
    return found.entrySet().stream()
        .filter(each -> each.getValue() != null)
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().offset()));
  }

  /** The records of a topic that a group has not read yet; markers of transactions count, too. */
  long unread(String group, String topic) {
    Map<TopicPartition, Long> committed = committed(group);
    return ends(topic).entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - committed.getOrDefault(end.getKey(), 0L)))
        .sum();
  }

  /** Runs a question of another kind. */
  <T> T ask(Function<Admin, KafkaFuture<T>> question) {
    return answer(question.apply(admin));
  }

  private static <T> T answer(KafkaFuture<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new Refusal(e);
    } catch (TimeoutException e) {
      throw new Refusal(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }

  /** A question that Kafka did not answer. */
  private static final class Refusal extends StartupException {
    private static final long serialVersionUID = 1L;

    Refusal(Exception cause) {
      super(
          "Kafka does not answer: " + (cause.getCause() == null ? cause : cause.getCause()), cause);
    }

    boolean is(Class<? extends Exception> kind) {
      Throwable cause = getCause();
      return cause != null && kind.isInstance(cause.getCause());
    }
  }
}
