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
 * Puts the consumer where the table says, partitions being paused until then. A partition the table
 * has never seen starts at its first record; one whose offset the topic has no more is not read,
 * for records are missing, unless the operator accepts that. Neither is a topic that was deleted
 * and made anew: whatever its offsets are, they are not those of the table.
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

  /** Paused, and at no place that matters, until the table has been asked. */
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

  /** What has its place may be read. */
  void resume() {
    consumer.resume(
        consumer.paused().stream().filter(each -> state.isPlaced(each.partition())).toList());
  }

  /** For people who watch lag: nothing depends on it. */
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
            LOG.debug("Kafka does not know the offsets of {}", parts.health().name(), e);
          }
        });
  }

  /** Kafka's id of the topic, which must be the one that is being read. */
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
}
