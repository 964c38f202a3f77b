package io.weir.stream.query.cluster;

import io.weir.process.streams.StreamRunner;
import io.weir.stream.ops.ConsumerLag;
import io.weir.stream.processor.IngestCounts;
import io.weir.stream.processor.StreamProgress;
import io.weir.stream.processor.StreamProgress.Partition;
import io.weir.stream.query.cluster.StatusAnswer.PartitionStatus;
import io.weir.stream.session.Watermark;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the status together from what the stream threads report.
 *
 * @param quiet the pause after which nothing waits in a buffer and the last commit is done
 */
public record StatusReport(
    StreamRunner runner,
    IngestCounts counts,
    StreamProgress progress,
    ConsumerLag lag,
    Clock clock,
    Duration quiet) {

  public StatusAnswer now() {
    long behind = lag.total();
    return new StatusAnswer(
        runner.state(),
        counts.received.sum(),
        counts.accepted.sum(),
        counts.duplicate.sum(),
        counts.rejected.sum(),
        counts.rekeyed.sum(),
        counts.late.sum(),
        counts.sessionsClosed.sum(),
        counts.sessionsRevised.sum(),
        counts.sessionsRetracted.sum(),
        behind,
        behind == 0 && isSettled(),
        partitions());
  }

  private boolean isSettled() {
    return runner.isRunning()
        && clock.millis() - progress.lastProcessed() > quiet.toMillis()
        && progress.partitions().values().stream().allMatch(Partition::isSettled);
  }

  private List<PartitionStatus> partitions() {
    return progress.partitions().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry ->
            new PartitionStatus(
                entry.getKey(),
                time(entry.getValue().watermark()),
                time(entry.getValue().settledUpTo())))
        .toList();
  }

  private static @Nullable String time(long millis) {
    return millis == Watermark.NONE ? null : Instant.ofEpochMilli(millis).toString();
  }
}
