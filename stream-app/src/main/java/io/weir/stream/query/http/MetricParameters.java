package io.weir.stream.query.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.core.convert.format.Format;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.weir.stream.query.metrics.MetricRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query parameters of a metric. */
@Introspected
record MetricParameters(
    @Parameter(
            description =
                "the start: RFC 3339 or a date in the zone. Without it: 28 days that end with to")
        @QueryValue
        @Nullable String from,
    @Parameter(
            description =
                "the end: RFC 3339, exclusive, or a date in the zone, inclusive. Without it: today")
        @QueryValue
        @Nullable String to,
    @Parameter(
            description = "the length of the buckets. Without it: what suits the range",
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"15m", "hour", "day", "week", "month", "total"}))
        @QueryValue
        @Nullable String grain,
    @Parameter(
            description =
                "the time zone of dates and buckets, such as Europe/Berlin. Without it: the site's")
        @QueryValue
        @Nullable String zone,
    @Parameter(description = "the dimension of a breakdown") @QueryValue @Nullable String by,
    @Parameter(
            description =
                "a dimension, a colon and the only value that counts, or with an exclamation mark"
                    + " before the colon the only one that does not. May be given once for each"
                    + " dimension: all must hold")
        @QueryValue
        @Format("MULTI")
        @Nullable List<String> filter,
    @Parameter(
            description = "whether the sessions of robots count",
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"exclude", "only", "include"},
                    defaultValue = "exclude"))
        @QueryValue
        @Nullable String bots,
    @Parameter(
            description = "adds the range of the same length just before, bucket by bucket",
            schema = @Schema(type = "string", allowableValues = "previous"))
        @QueryValue
        @Nullable String compare,
    @Parameter(
            description = "values of a breakdown that are named, the largest first",
            schema =
                @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "50"))
        @QueryValue
        @Nullable String top) {

  /**
   * The parameters.
   *
   * @param request has all values of {@code filter}; a list would be split at commas
   */
  MetricRequest of(HttpRequest<?> request) {
    List<String> filters = request.getParameters().getAll(KnownParameters.REPEATED);
    return new MetricRequest(from, to, grain, zone, by, filters, bots, compare, top);
  }
}
