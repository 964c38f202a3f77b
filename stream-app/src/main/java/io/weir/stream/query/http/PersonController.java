package io.weir.stream.query.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.weir.stream.query.reports.PersonAnswer;
import io.weir.stream.query.reports.PersonHistory;
import java.util.Optional;

/** The question about a person that memory cannot answer: all visitors of a user, and the past. */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PersonController {
  private final PersonHistory history;

  PersonController(PersonHistory history) {
    this.history = history;
  }

  @Get("/visitors/{id:[^/]+}/history")
  @Operation(
      summary = "Sessions of a visitor or of a user in PostgreSQL, newest first",
      description =
          "By an anonymous id, a user id or a pseudonym of these. An id that a user has is that"
              + " user's. With a known user, the sessions of all visitors of that user: of at most"
              + " 100 visitors, 200 sessions and 200 changes; `cut` names the lists that have more."
              + " Lists are empty where nobody has this id.",
      parameters =
          @Parameter(
              name = "id",
              in = ParameterIn.PATH,
              required = true,
              description = "anonymous id, user id or pseudonym",
              schema = @Schema(type = "string", maxLength = 255, pattern = Parameters.ID)))
  @ApiResponse(
      responseCode = "200",
      description = "the person",
      content = @Content(schema = @Schema(implementation = PersonAnswer.class)))
  @QueryApi.BadRequest
  @QueryApi.NotNow
  HttpResponse<?> history(HttpRequest<?> request) {
    String id = Parameters.visitor(request.getUri());
    return NamedAnswer.of(Optional.of(history), "", person -> HttpResponse.ok(person.answer(id)));
  }
}
