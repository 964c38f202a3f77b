package io.weir.stream.query.http;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.weir.stream.ingest.TimeRules;
import io.weir.stream.session.rules.SessionRules;

/** The settings that decide what becomes of old events. */
@Controller("/v1")
final class RulesController {
  private final TimeRules times;
  private final SessionRules sessions;

  /**
   * The rules about an event's time, as ISO 8601 durations.
   *
   * @param maxEventAge older events are rejected
   * @param maxFutureSkew events further ahead are rejected
   * @param allowedLateness events further behind the watermark join no session
   */
  @Serdeable
  @Schema(name = "Rules")
  record RulesAnswer(
      String maxEventAge,
      String maxFutureSkew,
      String allowedLateness,
      String sessionGap,
      String sessionGrace) {}

  RulesController(TimeRules times, SessionRules sessions) {
    this.times = times;
    this.sessions = sessions;
  }

  @Get("/rules")
  @Operation(summary = "What becomes of events by their time")
  @ApiResponse(responseCode = "200", description = "settings of this instance")
  RulesAnswer rules() {
    return new RulesAnswer(
        times.maxEventAge().toString(),
        times.maxFutureSkew().toString(),
        sessions.allowedLateness().toString(),
        sessions.gap().toString(),
        sessions.grace().toString());
  }
}
