package io.weir.stream.ops;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * The progress of restores of active tasks. Kafka Streams calls it from its threads. Offsets
 * without a record, such as those of transaction markers, count as records here.
 */
public final class RestoreProgress implements StateRestoreListener {
  private final Map<TopicPartition, Range> running = new ConcurrentHashMap<>();
  private final LongAdder restored = new LongAdder();

  /** The offset that was reached, and the one at which the restore ends. */
  private record Range(long reached, long end) {}

  /** The records of all changelogs that are still to be read. */
  public long left() {
    return running.values().stream().mapToLong(each -> Math.max(0, each.end - each.reached)).sum();
  }

  /** The records that were read since the start: few where the state was found on the disk. */
  public long restored() {
    return restored.sum();
  }

  @Override
  public void onRestoreStart(TopicPartition changelog, String store, long start, long end) {
    running.put(changelog, new Range(start, end));
  }

  @Override
  public void onBatchRestored(TopicPartition changelog, String store, long reached, long records) {
    restored.add(records);
    running.computeIfPresent(changelog, (_, range) -> new Range(reached + 1, range.end));
  }

  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long records) {
    running.remove(changelog);
  }

  @Override
  public void onRestoreSuspended(TopicPartition changelog, String store, long records) {
    running.remove(changelog);
  }
}
