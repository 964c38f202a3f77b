package io.weir.stream.query.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.weir.http.access.Allowed;
import io.weir.http.access.Role;
import io.weir.stream.query.cluster.Forwarder;
import io.weir.stream.query.visitor.SessionAnswer;
import io.weir.stream.query.visitor.SessionPage;
import io.weir.stream.query.visitor.VisitorAnswer;
import io.weir.stream.query.visitor.VisitorQuery;
import io.weir.stream.query.visitor.VisitorRouting;
import io.weir.stream.query.visitor.VisitorViews;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The questions about one visitor: any instance takes them, the one that has the visitor answers.
 */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
final class VisitorController {
  /** Without a pattern of its own a variable would stop at plus, ampersand and semicolon. */
  private static final String ANY_ID = "{id:[^/]+}";

  /** The form of pseudonyms, and of the ids of visitors who refused consent. */
  private static final Pattern STORED_ID = Pattern.compile("[0-9a-f]{64}");

  private static final String STALENESS =
      "Only when a warm copy answers instead of the owner: the changes the copy has not seen yet.";

  private final VisitorRouting routing;
  private final VisitorViews views;
  private final VisitorViews stored;

  VisitorController(VisitorRouting routing, VisitorViews views) {
    this.routing = routing;
    this.views = views;
    this.stored = views.byStoredIds();
  }

  @Get("/visitors/" + ANY_ID)
  @Operation(
      summary = "A visitor now; any instance answers for any visitor",
      description =
          "An id of 64 hexadecimal digits that no visitor sent is looked for among the ids that"
              + " answers have, which are pseudonyms or those of visitors who refused consent. It is"
              + " 404 only if all partitions were searched, and 503 while some cannot be.",
      parameters =
          @Parameter(
              name = "id",
              in = ParameterIn.PATH,
              required = true,
              description = "anonymous id, user id, or visitorId of an answer",
              schema = @Schema(type = "string", maxLength = 255, pattern = Parameters.ID)))
  @ApiResponse(
      responseCode = "200",
      description = "the visitor",
      headers =
          @Header(
              name = Forwarder.STALENESS,
              description = STALENESS,
              schema = @Schema(type = "string", pattern = "^lag=[0-9]+$")),
      content = @Content(schema = @Schema(implementation = VisitorAnswer.class)))
  @QueryApi.BadRequest
  @QueryApi.NotFound
  @QueryApi.NotNow
  HttpResponse<?> visitor(HttpRequest<?> request) {
    String id = Parameters.visitor(request.getUri());
    HttpResponse<?> sent = answer(request, views.visitor(id));
    return isOpen(sent) && STORED_ID.matcher(id).matches() && !Parameters.isForwarded(request)
        ? storedUnless(sent, id)
        : sent;
  }

  /**
   * Looks for a stored id. Whoever could answer for it as a sent id may be gone, and have nothing
   * to do with the visitor; then only a visitor that is found is the better answer.
   */
  private HttpResponse<?> storedUnless(HttpResponse<?> sent, String id) {
    HttpResponse<?> answer =
        VisitorResponses.of(
            routing.replyStored(id, "/v1/visitors/" + id + "/stored"), stored.visitor(id));
    return isFound(answer) || sent.code() == HttpStatus.NOT_FOUND.getCode() ? answer : sent;
  }

  /** Whether somebody else may know the visitor. */
  private static boolean isOpen(HttpResponse<?> answer) {
    return answer.code() == HttpStatus.NOT_FOUND.getCode()
        || answer.code() == HttpStatus.SERVICE_UNAVAILABLE.getCode();
  }

  private static boolean isFound(HttpResponse<?> answer) {
    return answer.code() == HttpStatus.OK.getCode();
  }

  @Allowed(Role.INSTANCE)
  @Get("/visitors/" + ANY_ID + "/stored")
  @Operation(
      summary =
          "A visitor of this instance by the id that answers have, for the instance that asks",
      description =
          "A 404 names the partitions that were searched, with commas between them, in the header"
              + " Weir-Searched.",
      parameters =
          @Parameter(
              name = "id",
              in = ParameterIn.PATH,
              required = true,
              description = "visitorId of an answer",
              schema = @Schema(type = "string", maxLength = 255, pattern = Parameters.ID)))
  @ApiResponse(
      responseCode = "200",
      description = "the visitor",
      content = @Content(schema = @Schema(implementation = VisitorAnswer.class)))
  @QueryApi.BadRequest
  @QueryApi.NotFound
  @QueryApi.NotNow
  HttpResponse<?> stored(HttpRequest<?> request) {
    String id = Parameters.visitor(request.getUri());
    return VisitorResponses.of(routing.replyStoredForwarded(id), stored.visitor(id));
  }

  @Get("/visitors/" + ANY_ID + "/sessions")
  @Operation(
      summary = "Sessions of a visitor that are in memory, newest first",
      parameters =
          @Parameter(
              name = "id",
              in = ParameterIn.PATH,
              required = true,
              description = "anonymous id or user id",
              schema = @Schema(type = "string", maxLength = 255, pattern = Parameters.ID)))
  @ApiResponse(
      responseCode = "200",
      description = "a page of sessions",
      headers =
          @Header(
              name = Forwarder.STALENESS,
              description = STALENESS,
              schema = @Schema(type = "string", pattern = "^lag=[0-9]+$")),
      content = @Content(schema = @Schema(implementation = SessionPage.class)))
  @QueryApi.BadRequest
  @QueryApi.NotFound
  @QueryApi.NotNow
  HttpResponse<?> sessions(
      HttpRequest<?> request,
      @Parameter(
              schema =
                  @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
          @QueryValue
          @Nullable String limit,
      @Parameter(
              description =
                  "only sessions that started earlier; next of a page leads to the one after it",
              schema = @Schema(type = "string", format = "date-time"))
          @QueryValue
          @Nullable String before) {
    String visitor = Parameters.visitor(request.getUri());
    return answer(
        request, views.sessions(visitor, Parameters.limit(limit), Parameters.before(before)));
  }

  /** The key tells nobody who the visitor is, so the caller has to. */
  @Get("/sessions/{key}")
  @Operation(
      summary = "One session",
      description = "The key tells nobody who the visitor is, so the caller says it.",
      parameters =
          @Parameter(
              name = "visitor",
              in = ParameterIn.QUERY,
              required = true,
              schema = @Schema(type = "string", maxLength = 255, pattern = Parameters.ID)))
  @ApiResponse(
      responseCode = "200",
      description = "the session",
      headers =
          @Header(
              name = Forwarder.STALENESS,
              description = STALENESS,
              schema = @Schema(type = "string", pattern = "^lag=[0-9]+$")),
      content = @Content(schema = @Schema(implementation = SessionAnswer.class)))
  @QueryApi.BadRequest
  @QueryApi.NotFound
  @QueryApi.NotNow
  HttpResponse<?> session(
      HttpRequest<?> request,
      @PathVariable String key,
      @Parameter(hidden = true) @QueryValue @Nullable String visitor) {
    return answer(request, views.session(Parameters.visitor(visitor), Parameters.sessionKey(key)));
  }

  private HttpResponse<?> answer(HttpRequest<?> request, VisitorQuery query) {
    return VisitorResponses.of(
        Parameters.isForwarded(request)
            ? routing.replyForwarded(query.visitor())
            : routing.reply(query.visitor(), pathAndQuery(request.getUri())),
        query);
  }

  private static String pathAndQuery(URI asked) {
    String query = asked.getRawQuery();
    return query == null ? asked.getRawPath() : asked.getRawPath() + "?" + query;
  }
}
