package io.weir.stream.query.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sums of the partitions of one instance, for the instance that was asked.
 *
 * @param tooMany whether there are more pairs of bucket and value than an answer may have; then
 *     there are no rows
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "PartialSums")
public record PartialSums(List<Progress> partitions, boolean tooMany, List<Row> rows) {

  /**
   * A partition whose cells are part of the sums.
   *
   * @param settledUntil epoch milliseconds; 0 if the partition does not say
   */
  @Schema(name = "PartitionProgress")
  public record Progress(int partition, long settledUntil) {}

  /**
   * The sums of one bucket and one value.
   *
   * @param period 0 for the range, 1 for the one before
   * @param group the value of the breakdown; empty without one
   * @param money decimal numbers by currency
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "PartialSum")
  public record Row(
      int period,
      int bucket,
      String group,
      long above,
      long below,
      @Nullable Map<String, String> money) {}
}
