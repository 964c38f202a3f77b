package io.weir.stream.processor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The progress of this process's partitions: the stream threads write it, anyone reads it. */
public final class StreamProgress {

  /**
   * One partition.
   *
   * @param watermark the highest accepted event time
   * @param settledUpTo sessions that close before this watermark are emitted
   */
  public record Partition(long watermark, long settledUpTo) {
    public boolean isSettled() {
      return settledUpTo >= watermark;
    }
  }

  private final RecentSessions recentSessions = new RecentSessions(1_000);
  private final Map<Integer, Partition> partitions = new ConcurrentHashMap<>();

  private volatile long lastProcessed;

  public RecentSessions recentSessions() {
    return recentSessions;
  }

  void processed(long wall) {
    lastProcessed = wall;
  }

  /** The wall-clock time of the last event. */
  public long lastProcessed() {
    return lastProcessed;
  }

  void report(int partition, long watermark, long settledUpTo) {
    partitions.put(partition, new Partition(watermark, settledUpTo));
  }

  void forget(int partition) {
    partitions.remove(partition);
  }

  public Map<Integer, Partition> partitions() {
    return Map.copyOf(partitions);
  }
}
