package io.weir.stream.query.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.weir.http.Problem;
import io.weir.stream.query.metrics.MovingPartitions;
import io.weir.stream.query.quality.GroupQuality;
import io.weir.stream.query.quality.GroupRefused;
import io.weir.stream.query.quality.QualityAnswer;
import io.weir.stream.query.quality.RefusedAnswer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of raw records. */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
final class QualityController {
  private static final Duration USUAL = Duration.ofHours(1);
  private static final Duration MOST = Duration.ofDays(2);

  private final GroupQuality quality;
  private final GroupRefused refused;

  QualityController(GroupQuality quality, GroupRefused refused) {
    this.quality = quality;
    this.refused = refused;
  }

  @Get("/quality")
  @Operation(
      summary = "What became of raw records, by the minute of their processing, of all instances",
      description =
          "Minutes are kept for 48 hours. The balance of each must be zero: every record that was"
              + " read is accepted, a duplicate, rejected, or sent on to the partition of its"
              + " visitor. Another instance gets the counts of this one alone.")
  @ApiResponse(
      responseCode = "200",
      description = "the minutes in which records were processed",
      content = @Content(schema = @Schema(implementation = QualityAnswer.class)))
  @QueryApi.BadRequest
  @QueryApi.NotNow
  HttpResponse<?> quality(
      HttpRequest<?> request,
      @Parameter(description = "the start, RFC 3339. Without it: an hour before to") @QueryValue
          @Nullable String from,
      @Parameter(description = "the end, RFC 3339, exclusive. Without it: the end of this minute")
          @QueryValue
          @Nullable String to) {
    Instant end = to == null ? quality.endOfMinute() : Parameters.time("to", to);
    Instant start = from == null ? end.minus(USUAL) : Parameters.time("from", from);
    if (!start.isBefore(end) || Duration.between(start, end).compareTo(MOST) > 0) {
      throw new RefusedRequest(
          "from " + start + " to " + end + " is not a range of at most 48 hours");
    }
    try {
      return HttpResponse.ok(
          Parameters.isForwarded(request) ? quality.own(start, end) : quality.answer(start, end));
    } catch (MovingPartitions e) {
      return Problem.notNow(String.valueOf(e.getMessage()));
    }
  }

  @Get("/quality/rejected")
  @Operation(
      summary = "The raw records that were rejected last, of all instances",
      description =
          "At most five of each reason, since the instances started: where the record is, and what"
              + " is wrong with it. The record itself is in bronze.rejected.")
  @ApiResponse(responseCode = "200", description = "rejected records, the newest first")
  RefusedAnswer rejected(HttpRequest<?> request) {
    return Parameters.isForwarded(request) ? refused.own() : refused.answer();
  }
}
