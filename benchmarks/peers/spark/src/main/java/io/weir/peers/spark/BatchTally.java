package io.weir.peers.spark;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.streaming.StreamingQueryListener;

/** Counts the records of each query, and notes when the first batch began. */
final class BatchTally extends StreamingQueryListener {
  private final Map<String, Long> records = new TreeMap<>();
  private long firstMillis = Long.MAX_VALUE;

  @Override
  public void onQueryStarted(QueryStartedEvent event) {}

  @Override
  public synchronized void onQueryProgress(QueryProgressEvent event) {
    long begin = Instant.parse(event.progress().timestamp()).toEpochMilli();
    firstMillis = Math.min(firstMillis, begin);
    records.merge(event.progress().name(), event.progress().numInputRows(), Long::sum);
  }

  @Override
  public void onQueryTerminated(QueryTerminatedEvent event) {}

  synchronized long firstMillis() {
    return firstMillis;
  }

  /** Queries that have reported at least one batch. */
  synchronized int queries() {
    return records.size();
  }

  /** Records of the topic: each query reads all of them. */
  synchronized long records() {
    return records.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }
}
