package io.weir.stream.query.cluster;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What this process has done since it started, and how far it is. */
@Serdeable
public record StatusAnswer(
    String state,
    long received,
    long accepted,
    long duplicate,
    long rejected,
    long rekeyed,
    long late,
    long sessionsClosed,
    long sessionsRevised,
    long sessionsRetracted,
    long lag,
    boolean settled,
    List<PartitionStatus> partitions) {

  /** Times are RFC 3339, null while nothing was accepted. */
  @Serdeable
  public record PartitionStatus(
      int partition, @Nullable String watermark, @Nullable String settledUpTo) {}
}
