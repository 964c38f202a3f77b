package io.weir.stream.processor.quality;

import io.weir.contract.RecordOutcome;
import io.weir.contract.RejectReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of the records of a task since the last commit, by minute. A store, because two
 * steps of the task count here; it lives in memory only. Before each commit the counts are
 * {@linkplain #drain moved} to gold; after a failure they begin at zero, like the transaction.
 *
 * <p>All outcomes of a record count in the minute in which it was read.
 */
public final class TaskCounts implements StateStore {
  private static final long MINUTE_MS = 60_000;

  /** A record may have any time, and the sum of all delays must not overflow. */
  private static final long LONGEST_DELAY_MS = 24 * 3_600_000L;

  private final String name;
  private final Map<Long, Minute> minutes = new TreeMap<>();
  private @Nullable Minute current;
  private boolean isOpen;

  TaskCounts(String name) {
    this.name = name;
  }

  /** Gets what was counted. */
  @FunctionalInterface
  public interface Sink {
    /** See {@link io.weir.stream.gold.QualityGold#add}. */
    void add(long minute, String outcome, long records, long delayMs);
  }

  private static final class Count {
    private long records;
  }

  private static final class Minute {
    private final long start;
    private final Map<RecordOutcome, Count> outcomes = new EnumMap<>(RecordOutcome.class);
    private final Map<RejectReason, Count> rejected = new EnumMap<>(RejectReason.class);
    private long delayMs;

    private Minute(long start) {
      this.start = start;
      for (RecordOutcome each : RecordOutcome.values()) {
        outcomes.put(each, new Count());
      }
    }

    private void count(RecordOutcome outcome) {
      Objects.requireNonNull(outcomes.get(outcome)).records++;
    }
  }

  /** Counts a record that is read for the first time. */
  public void received(long now, long appendTime) {
    Minute minute = begin(now);
    minute.count(RecordOutcome.RECEIVED);
    minute.delayMs += Math.clamp(now - appendTime, 0, LONGEST_DELAY_MS);
  }

  /** Counts a record that was sent on to this partition. */
  public void returned(long now) {
    begin(now).count(RecordOutcome.RETURNED);
  }

  private Minute begin(long now) {
    long start = now - Math.floorMod(now, MINUTE_MS);
    Minute minute = current;
    if (minute == null || minute.start != start) {
      minute = minutes.computeIfAbsent(start, Minute::new);
      current = minute;
    }
    return minute;
  }

  /** Counts what became of the record that was received or returned last. */
  public void count(RecordOutcome outcome) {
    Objects.requireNonNull(current).count(outcome);
  }

  /** Counts that the record that was received or returned last is accepted. */
  public void accepted(boolean isRobots) {
    count(RecordOutcome.ACCEPTED);
    if (isRobots) {
      count(RecordOutcome.ROBOT);
    }
  }

  /** Counts that the record that was received or returned last is rejected. */
  public void rejected(RejectReason reason) {
    Objects.requireNonNull(current).rejected.computeIfAbsent(reason, _ -> new Count()).records++;
  }

  /** Hands over what was counted, and begins at zero. */
  public void drain(Sink to) {
    for (Minute minute : minutes.values()) {
      minute.outcomes.forEach((outcome, count) ->
          add(minute, outcome.code(), count, outcome == RecordOutcome.RECEIVED, to));
      minute.rejected.forEach(
          (reason, count) -> add(minute, RecordOutcome.rejected(reason), count, false, to));
    }
    clear();
  }

  private static void add(Minute minute, String outcome, Count count, boolean hasDelay, Sink to) {
    if (count.records > 0) {
      to.add(minute.start, outcome, count.records, hasDelay ? minute.delayMs : 0);
    }
  }

  private void clear() {
    minutes.clear();
    current = null;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    clear();
    isOpen = true;
    context.register(
        root,
        (_, _) -> {
          throw new IllegalStateException(name + " has no changelog");
        });
  }

  @Override
  public void close() {
    clear();
    isOpen = false;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return isOpen;
  }
}
