package io.weir.sink;

import static java.util.Objects.requireNonNull;

import io.weir.contract.Settings;
import io.weir.sink.commit.Available;
import io.weir.sink.commit.CommitState;
import io.weir.sink.commit.Offsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the consumer where the table says, partitions being paused until then. A partition the table
 * has never seen starts at its first record; one whose offset the topic has no more is not read,
 * for records are missing, unless the operator accepts that.
 */
final class Placement {
  private static final Logger LOG = LoggerFactory.getLogger(Placement.class);
  private static final String ACCEPT = "sink.accept-lost-offsets";

  private final LoopParts parts;
  private final Consumer<byte[], byte[]> consumer;
  private final CommitState state;

  Placement(LoopParts parts, Consumer<byte[], byte[]> consumer, CommitState state) {
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
    Offsets stored = parts.committer().offsets();
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
      long start = start(available, committed);
      consumer.seek(partition, start);
      state.placed(partition.partition(), committed, start);
    }
  }

  private long start(Available available, long committed) {
    if (committed == Offsets.NONE) {
      return available.first();
    }
    Optional<String> refusal = available.refusal(committed);
    if (refusal.isEmpty()) {
      return committed;
    }
    if (!parts.acceptsLostOffsets()) {
      throw new IllegalStateException(
          refusal.get()
              + "; to go on from the topic's first record all the same set "
              + Settings.variable(ACCEPT)
              + "=true");
    }
    LOG.error("Records are missing, as {} accepts: {}", Settings.variable(ACCEPT), refusal.get());
    return available.first();
  }
}
