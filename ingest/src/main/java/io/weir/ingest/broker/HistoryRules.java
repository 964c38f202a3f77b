package io.weir.ingest.broker;

import java.time.Duration;
import java.util.List;

/**
 * The rules of the stream application for old events.
 *
 * @param maxEventAge older events are rejected
 * @param allowedLateness events further behind their partition's watermark join no session
 * @param closeAfter a session closes when the watermark is this far behind its end
 * @param watermarks of the partitions that have one, in epoch milliseconds
 */
public record HistoryRules(
    Duration maxEventAge, Duration allowedLateness, Duration closeAfter, List<Long> watermarks) {

  public HistoryRules {
    watermarks = List.copyOf(watermarks);
  }

  /** Whether an event of that time is neither rejected nor too late for a session. */
  public boolean takes(long time, long now) {
    return time >= oldest(now);
  }

  /** The oldest event time that still joins a session. */
  public long oldest(long now) {
    long byAge = now - maxEventAge.toMillis();
    long watermark = watermarks.stream().mapToLong(Long::longValue).max().orElse(Long.MIN_VALUE);
    return watermark == Long.MIN_VALUE
        ? byAge
        : Math.max(byAge, watermark - allowedLateness.toMillis());
  }

  /** Whether events of that time are rejected, not only late. */
  public boolean rejects(long time, long now) {
    return time < now - maxEventAge.toMillis();
  }
}
