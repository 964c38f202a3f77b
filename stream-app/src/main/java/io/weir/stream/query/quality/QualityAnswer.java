package io.weir.stream.query.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The outcomes of raw records, by the minute of their processing.
 *
 * @param minutes those in which records were processed, the oldest first
 * @param complete false when some partitions could not be read
 * @param missingPartitions the partitions that are not in the numbers
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Quality")
public record QualityAnswer(
    Instant from,
    Instant to,
    List<Minute> minutes,
    boolean complete,
    List<String> missing,
    List<Integer> missingPartitions) {

  /**
   * A minute of all partitions.
   *
   * @param returned records that came from another partition, where they were rekeyed
   * @param late of the accepted: too late for any session
   * @param robots of the accepted: sent by a robot, as its own agent says
   * @param rejected by the code of the reason
   * @param balance {@code received + returned - accepted - duplicates - rekeyed} and less all that
   *     were rejected: zero, or a record was lost
   * @param delayMs mean time from a record's time in the topic to its processing
   */
  @Schema(name = "QualityMinute")
  public record Minute(
      Instant minute,
      long received,
      long returned,
      long accepted,
      long late,
      long robots,
      long duplicates,
      long rekeyed,
      Map<String, Long> rejected,
      long balance,
      long delayMs) {}
}
