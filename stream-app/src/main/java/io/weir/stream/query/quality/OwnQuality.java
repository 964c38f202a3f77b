package io.weir.stream.query.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * The counts of the partitions of one instance.
 *
 * @param partitions those that could be read
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "QualityCounts")
public record OwnQuality(List<Integer> partitions, List<Count> counts) {

  /**
   * A number of records.
   *
   * @param minute epoch milliseconds of its start
   * @param delayMs of all these records together
   */
  @Schema(name = "QualityCount")
  public record Count(long minute, String outcome, long records, long delayMs) {}
}
