package io.weir.stream.query.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a metric. Times are RFC 3339 in the zone.
 *
 * @param from the start of the range
 * @param to the end of the range, exclusive
 * @param by the breakdown
 * @param filter the only filter; null with none or several
 * @param filters all of which hold
 * @param previousFrom the start of the range to compare with
 * @param finalUntil no event before this time can change a value any more; null if a partition has
 *     not said so
 * @param source where the numbers come from: {@code state} of the instances, or {@code postgresql}
 * @param complete false if a partition or an instance did not answer
 * @param missing instances that did not answer
 * @param missingPartitions partitions whose numbers are not part of the values
 * @param rows a row for each bucket, value of the breakdown and currency
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "MetricAnswer")
public record MetricAnswer(
    Definition metric,
    @Schema(format = MetricAnswer.TIME) String from,
    @Schema(format = MetricAnswer.TIME) String to,
    String zone,
    @Schema(
            type = "string",
            allowableValues = {"15m", "hour", "day", "week", "month", "total"})
        String grain,
    @Nullable String by,
    @Nullable String filter,
    List<String> filters,
    @Schema(
            type = "string",
            allowableValues = {"exclude", "only", "include"})
        String bots,
    @Schema(format = MetricAnswer.TIME) @Nullable String previousFrom,
    @Schema(format = MetricAnswer.TIME) @Nullable String previousTo,
    @Schema(format = MetricAnswer.TIME) @Nullable String finalUntil,
    @Schema(
            type = "string",
            allowableValues = {MetricAnswer.STATE, MetricAnswer.POSTGRESQL})
        String source,
    boolean complete,
    List<String> missing,
    List<Integer> missingPartitions,
    List<Row> rows) {

  static final String STATE = "state";
  static final String POSTGRESQL = "postgresql";

  static final String TIME = "date-time";

  /**
   * The definition of a metric.
   *
   * @param subject what is counted
   * @param unit of the values
   * @param dimensions the values of {@code by}
   */
  @Schema(name = "MetricDefinition")
  public record Definition(
      String name,
      String sentence,
      String formula,
      @Schema(
              type = "string",
              allowableValues = {"sessions", "events", "products", "carts", "late", "visitors"})
          String subject,
      @Schema(
              type = "string",
              allowableValues = {
                "count",
                "rate",
                "seconds",
                "events",
                "page views",
                "money by currency"
              })
          String unit,
      List<String> dimensions) {

    static Definition of(MetricDefinition metric) {
      return new Definition(
          metric.name(),
          metric.sentence(),
          metric.formula().text(),
          metric.subject().code(),
          metric.unit(),
          metric.dimensionNames());
    }
  }

  /** The definitions of all metrics. */
  @Schema(name = "MetricList")
  public record ListOfMetrics(List<Definition> metrics) {

    public static ListOfMetrics all() {
      return new ListOfMetrics(Metrics.all().stream().map(Definition::of).toList());
    }
  }

  /**
   * The value of a bucket.
   *
   * @param isFinal whether no event can change the value any more
   * @param group the value of the breakdown; {@code (rest)} stands for all that are not named
   * @param currency of money; empty where the events named none
   * @param value null for a rate whose denominator is 0
   * @param previous the value of the bucket's counterpart in the range before
   */
  @Schema(name = "MetricRow")
  public record Row(
      @Schema(format = TIME) String start,
      @Schema(format = TIME) String end,
      boolean isFinal,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String group,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String currency,
      @Nullable BigDecimal value,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BigDecimal previous) {}
}
