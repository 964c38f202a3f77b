package io.weir.stream.query.cluster;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The status of this process: what it has done since it started, and how far it is. */
@Schema(name = "Status")
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

  /** The progress of one partition. Times are RFC 3339, null while nothing was accepted. */
  public record PartitionStatus(
      int partition, @Nullable String watermark, @Nullable String settledUpTo) {}
}
