package io.weir.sink.loop;

import static java.util.Objects.requireNonNull;

import io.weir.lake.commit.Available;
import io.weir.lake.commit.CommitPlan;
import io.weir.lake.commit.CommitState;
import io.weir.lake.commit.Offsets;
import io.weir.process.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the consumer to the table's offsets; until then partitions are paused. A partition that is
 * new to the table starts at its first record. If the topic no longer has the table's offset,
 * records are missing, and the partition is not read. A topic that was deleted and made anew is not
 * read either, because the table's offsets are not valid in it. In both cases the operator can
 * accept the loss.
 */
final class ConsumerPlacement {
  private static final Logger LOG = LoggerFactory.getLogger(ConsumerPlacement.class);
  private static final String ACCEPT = "sink.accept-lost-offsets";

  private final LoopParts parts;
  private final Consumer<byte[], byte[]> consumer;
  private final CommitState state;

  ConsumerPlacement(LoopParts parts, Consumer<byte[], byte[]> consumer, CommitState state) {
    this.parts = parts;
    this.consumer = consumer;
    this.state = state;
  }

  /**
   * Pauses partitions until the table's offsets are known. The position 0 is only a placeholder.
   */
  void await(Iterable<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      consumer.pause(List.of(partition));
      consumer.seek(partition, 0);
    }
  }

  void place() {
    var waiting = new ArrayList<TopicPartition>();
    for (int partition : state.unplaced()) {
      waiting.add(new TopicPartition(parts.topic(), partition));
    }
    if (waiting.isEmpty()) {
      return;
    }
    String topicId = confirm();
    Offsets stored = parts.committer().offsets();
    boolean isAnother = stored.areOfAnother(topicId);
    if (isAnother) {
      accept(madeAnew(stored.topicId(), topicId));
    }
    state.reads(topicId);
    Map<TopicPartition, Long> first = consumer.beginningOffsets(waiting);
    Map<TopicPartition, Long> end = consumer.endOffsets(waiting);
    for (TopicPartition partition : waiting) {
      long committed = stored.of(partition.partition());
      var available =
          new Available(
              parts.topic(),
              partition.partition(),
              requireNonNull(first.get(partition)),
              requireNonNull(end.get(partition)));
      long start = isAnother ? available.first() : start(available, committed);
      consumer.seek(partition, start);
      state.placed(partition.partition(), committed, start);
    }
  }

  /** Resumes the partitions that are placed. */
  void resume() {
    consumer.resume(
        consumer.paused().stream().filter(each -> state.isPlaced(each.partition())).toList());
  }

  /** Commits the offsets to Kafka for people who watch lag. Nothing depends on them. */
  void advise(CommitPlan plan) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    plan.spans()
        .forEach((partition, span) ->
            offsets.put(
                new TopicPartition(parts.topic(), partition), new OffsetAndMetadata(span.to())));
    consumer.commitAsync(
        offsets,
        (_, e) -> {
          if (e != null) {
            LOG.debug("Kafka did not store the offsets of {}", parts.health().name(), e);
          }
        });
  }

  /**
   * Asks for Kafka's id of the topic, and fails if it differs from the id of the topic that is
   * read.
   */
  String confirm() {
    String topicId = parts.topicId().get();
    if (state.readsAnother(topicId)) {
      throw new IllegalStateException(
          "topic " + parts.topic() + " was made anew while it was read; now its id is " + topicId);
    }
    return topicId;
  }

  private String madeAnew(String before, String now) {
    return "topic "
        + parts.topic()
        + " was made anew: the table has read the topic of id "
        + before
        + ", Kafka has one of id "
        + now
        + ", so the table's offsets mean nothing in it";
  }

  private long start(Available available, long committed) {
    if (committed == Offsets.NONE) {
      return available.first();
    }
    Optional<String> refusal = available.refusal(committed);
    if (refusal.isEmpty()) {
      return committed;
    }
    accept(refusal.get());
    return available.first();
  }

  private void accept(String refusal) {
    if (!parts.acceptsLostOffsets()) {
      throw new IllegalStateException(
          refusal
              + "; to go on from the topic's first record all the same set "
              + Settings.variable(ACCEPT)
              + "=true");
    }
    LOG.error("Records are missing, as {} accepts: {}", Settings.variable(ACCEPT), refusal);
  }

  /** The records that are left to read; more than any topic has where the consumer cannot say. */
  double unread() {
    double unread = 0;
    for (TopicPartition partition : consumer.assignment()) {
      unread += consumer.currentLag(partition).orElse(Long.MAX_VALUE);
    }
    return unread;
  }
}
