package io.weir.sink.loop;

import io.weir.lake.commit.Changes;
import io.weir.lake.commit.CommitOutcome;
import io.weir.lake.commit.CommitPlan;
import io.weir.lake.commit.CommitState;
import io.weir.sink.write.UnreadableRecordException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one topic into one table, each record exactly once. The table's own offsets decide where
 * reading continues, and one commit writes them together with the rows. The offsets in Kafka are
 * only for people who watch lag.
 */
public final class SinkLoop implements LoopStep {
  private static final Logger LOG = LoggerFactory.getLogger(SinkLoop.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long PROBE_MILLIS = 5_000;
  private static final Duration LEAVE = Duration.ofSeconds(3);

  private final LoopParts parts;
  private final Consumer<byte[], byte[]> consumer;
  private final CommitState state = new CommitState();
  private final Backoff backoff = new Backoff();
  private final ConsumerPlacement placement;
  private final CatalogProbe catalog;
  private final TracedRows traced;
  private @Nullable UnreadableRecordException unreadable;
  private long firstMillis;
  private long pendingRows;
  private long nextProbeMillis = Long.MIN_VALUE;
  private boolean isClosed;

  public SinkLoop(LoopParts parts, Consumer<byte[], byte[]> consumer) {
    this.parts = parts;
    this.consumer = consumer;
    this.placement = new ConsumerPlacement(parts, consumer, state);
    this.catalog = new CatalogProbe(parts);
    this.traced = new TracedRows(parts.tracing(), parts.health().name());
  }

  @Override
  public void start() {
    consumer.subscribe(List.of(parts.topic()), new Rebalance());
  }

  @Override
  public int doWork() {
    try {
      return step();
    } catch (UnreadableRecordException e) {
      stopAt(e);
    } catch (RuntimeException e) {
      failed(e);
    }
    return 0;
  }

  private int step() {
    if (backoff.isWaiting(parts.clock().millis())) {
      return stayInGroup();
    }
    if (!isReachable()) {
      return 0;
    }
    if (!catalog.answers()) {
      return readAhead();
    }
    if (state.inDoubt().isPresent() && !commit()) {
      return 0;
    }
    if (unreadable != null) {
      parts.health().down(String.valueOf(unreadable.getMessage()));
      return stayInGroup();
    }
    placement.place();
    placement.resume();
    int taken = write(consumer.poll(POLL));
    if (isDue() && !(catalog.asked() && commit())) {
      return taken;
    }
    measureLag();
    backoff.succeeded();
    parts.health().up();
    return taken;
  }

  /** Reads on from placed partitions while nothing can be committed, up to the size of a commit. */
  private int readAhead() {
    boolean isFull = parts.roll().isFull(parts.writer().bytes());
    if (isFull || unreadable != null || state.inDoubt().isPresent()) {
      return stayInGroup();
    }
    placement.resume();
    int taken = write(consumer.poll(POLL));
    measureLag();
    return taken;
  }

  private int stayInGroup() {
    consumer.pause(consumer.assignment());
    consumer.poll(POLL);
    return 0;
  }

  /** Asks Kafka every few seconds, so that an idle loop also notices an outage. */
  private boolean isReachable() {
    long now = parts.clock().millis();
    if (now < nextProbeMillis) {
      return true;
    }
    try {
      BrokerProbe.ask(consumer, parts.topic());
    } catch (RuntimeException e) {
      retryLater(SinkFailure.of(e));
      return false;
    }
    nextProbeMillis = now + PROBE_MILLIS;
    return true;
  }

  private int write(ConsumerRecords<byte[], byte[]> records) {
    if (records.isEmpty()) {
      return 0;
    }
    if (!state.hasPending()) {
      firstMillis = parts.clock().millis();
    }
    for (ConsumerRecord<byte[], byte[]> record : records) {
      parts.writer().write(record);
      state.consumed(record.partition(), record.offset());
      traced.add(record);
      pendingRows++;
    }
    return records.count();
  }

  private boolean isDue() {
    return state.hasPending()
        && parts.roll().isDue(parts.writer().bytes(), firstMillis, parts.clock().millis());
  }

  /** Commits the pending records. Returns true if they are in the table. */
  private boolean commit() {
    long started = System.nanoTime();
    CommitPlan plan = plan();
    Changes changes = parts.writer().close();
    return switch (parts.committer().commit(plan, changes)) {
      case CommitOutcome.Committed() -> {
        state.committed(plan);
        parts.writer().committed();
        parts
            .meters()
            .committed(pendingRows, changes.files(), Duration.ofNanos(System.nanoTime() - started));
        pendingRows = 0;
        traced.committed();
        placement.advise(plan);
        yield true;
      }
      case CommitOutcome.Stale(String reason) -> {
        LOG.warn(
            "{} drops uncommitted records and reads them again: {}", parts.health().name(), reason);
        giveUp();
        backoff.failed(parts.clock().millis());
        yield false;
      }
      case CommitOutcome.Unknown(String reason) -> {
        state.outcomeUnknown(plan);
        retryLater(reason);
        yield false;
      }
    };
  }

  /** The plan in doubt, or a new one if Kafka's topic still is the one that was read. */
  private CommitPlan plan() {
    if (state.inDoubt().isEmpty()) {
      placement.confirm();
    }
    return state.plan(parts.ids().get().toString());
  }

  /**
   * Drops everything uncommitted: every partition starts again at the table's offset. Files in
   * doubt stay where they are.
   */
  private void giveUp() {
    if (state.inDoubt().isPresent()) {
      parts.writer().abandon();
    } else {
      parts.writer().discard();
    }
    state.reset();
    traced.dropped();
    pendingRows = 0;
  }

  private void failed(RuntimeException e) {
    LOG.debug("{} failed", parts.health().name(), e);
    parts.health().down(SinkFailure.of(e));
    if (state.inDoubt().isEmpty()) {
      giveUp();
    }
    retryLater(SinkFailure.of(e));
  }

  private void retryLater(String reason) {
    LOG.warn("{} will try again: {}", parts.health().name(), reason);
    parts.meters().failed();
    parts.meters().lag(Double.NaN);
    parts.health().down(reason);
    backoff.failed(parts.clock().millis());
  }

  /** Commits the records before the unreadable one. Then the loop waits for a restart. */
  private void stopAt(UnreadableRecordException e) {
    traced.stopped(e);
    unreadable = e;
    parts.health().down(String.valueOf(e.getMessage()));
    try {
      if (state.hasPending() && !commit() && state.inDoubt().isEmpty()) {
        unreadable = null;
      }
    } catch (RuntimeException failure) {
      unreadable = null;
      failed(failure);
    }
  }

  private void measureLag() {
    double lag = pendingRows + placement.unread();
    parts.meters().lag(lag < Long.MAX_VALUE ? lag : Double.NaN);
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    commitOrGiveUp();
    consumer.close(CloseOptions.timeout(LEAVE));
  }

  private void commitOrGiveUp() {
    try {
      if (!state.hasPending() || commit()) {
        return;
      }
    } catch (RuntimeException e) {
      failed(e);
    }
    giveUp();
  }

  private final class Rebalance implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      state.assigned(numbers(partitions));
      placement.await(partitions);
      parts.writer().reassigned();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      commitOrGiveUp();
      state.revoked(numbers(partitions));
      forgetUnreadable(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      giveUp();
      state.lost(numbers(partitions));
      forgetUnreadable(partitions);
    }

    private List<Integer> numbers(Collection<TopicPartition> partitions) {
      return partitions.stream().map(TopicPartition::partition).toList();
    }

    private void forgetUnreadable(Collection<TopicPartition> partitions) {
      if (unreadable != null && numbers(partitions).contains(unreadable.partition())) {
        unreadable = null;
        giveUp();
      }
    }
  }
}
