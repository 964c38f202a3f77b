package io.weir.stream.query.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
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
import io.weir.http.access.Allowed;
import io.weir.http.access.Role;
import io.weir.stream.query.live.LiveNews;
import io.weir.stream.query.live.OwnNews;
import org.jspecify.annotations.Nullable;

/** The live stream: events of all instances for listeners, news of this one for other instances. */
@Controller("/v1")
final class StreamController {
  private final Listeners listeners;
  private final OwnNews news;

  StreamController(Listeners listeners, OwnNews news) {
    this.listeners = listeners;
    this.news = news;
  }

  @Get(value = "/stream", produces = MediaType.TEXT_EVENT_STREAM, headRoute = false)
  @Operation(
      summary = "Server-sent events of all instances",
      description =
          "`session` (a Session) when one closes or is revised or retracted; `counters` (Counters)"
              + " every second, also as a heartbeat: sums over the instances that answer. The first"
              + " ones wait up to two seconds for the other instances. A listener that does not"
              + " keep up gets the comment \"too slow\" and the end of the stream.")
  @ApiResponse(
      responseCode = "200",
      description = "events",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM,
              schema = @Schema(implementation = String.class)))
  @QueryApi.NotNow
  HttpResponse<?> stream() {
    return listeners
        .join(System.nanoTime())
        .<HttpResponse<?>>map(
            events -> HttpResponse.ok(events).contentType(MediaType.TEXT_EVENT_STREAM_TYPE))
        .orElseGet(() -> Problem.notNow("too many listen already"));
  }

  @Allowed(Role.INSTANCE)
  @Get("/live")
  @Operation(summary = "What is new at this instance, for instances that have listeners")
  @ApiResponse(
      responseCode = "200",
      description = "counters, and the sessions that were emitted after the position")
  @QueryApi.BadRequest
  @ExecuteOn(TaskExecutors.BLOCKING)
  LiveNews live(
      @Parameter(
              description = "the position of the answer before; without it there are no sessions",
              schema = @Schema(type = "integer", minimum = "0"))
          @QueryValue
          @Nullable String after) {
    return after == null ? news.first() : news.after(Parameters.position(after));
  }
}
