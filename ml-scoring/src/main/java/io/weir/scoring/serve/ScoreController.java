package io.weir.scoring.serve;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.weir.contract.avro.Session;
import io.weir.http.Doorkeeper;
import io.weir.http.Problem;
import io.weir.http.access.Allowed;
import io.weir.http.access.Role;
import io.weir.model.feature.FeatureVector;
import io.weir.scoring.registry.ClickModel;
import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.registry.Registry;
import io.weir.scoring.registry.ReturnModel;
import io.weir.scoring.serve.VisitorSessions.NoAnswerException;
import io.weir.scoring.serve.VisitorSessions.Open;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Scores the sessions or the features that a caller sends, or the sessions that visitors have open.
 */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class ScoreController {
  private static final String EXAMPLE =
      "{\"events\": 9, \"add_to_carts\": 1, \"device\": \"mobile\", \"start_hour_utc\": 20}";

  private final Registry registry;
  private final ClickModel clicks;
  private final ReturnModel returns;
  private final VisitorSessions open;

  ScoreController(Registry registry, ClickModel clicks, ReturnModel returns, VisitorSessions open) {
    this.registry = registry;
    this.clicks = clicks;
    this.returns = returns;
    this.open = open;
  }

  @Allowed({Role.READER, Role.COLLECTOR, Role.INSTANCE})
  @Post("/v1/score")
  @Consumes("application/json")
  @Operation(summary = "Scores what is known of a session.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema =
                  @Schema(
                      type = "object",
                      additionalProperties = Schema.AdditionalPropertiesValue.TRUE,
                      description =
                          "Features by name, as GET /v1/model lists them: a number, or for a word"
                              + " feature one of its words. Absent and null mean unknown. Or sessions: a"
                              + " list of at most 1,000 objects with the fields of the sessions topic"
                              + " in snake_case. Or closed_sessions: such a list, to ask whether"
                              + " their visitors come back. Or impressions: a list of at most 1,000 objects"
                              + " with an impression, and with the past of its visitor, a list of"
                              + " events in the order of arrival; both with the fields of the"
                              + " events topic. Or visitor, an id, or visitors, a list of at most"
                              + " 1,000 ids: their open sessions, which stream-app is asked for."
                              + " Callers of the role collector may not ask for visitors."),
              examples = @ExampleObject(name = "session", value = EXAMPLE)))
  @ApiResponse(
      responseCode = "200",
      description =
          "The score. For sessions: scores, a list of such objects in their order. For"
              + " closed_sessions: such a list with return_score. For"
              + " impressions: such a list with click_score. For a visitor: visitor_id,"
              + " session_key, is_converted and score. For visitors: a list of these, or with a"
              + " problem in place of a score, and is_unavailable if stream-app cannot say now.",
      content = @Content(schema = @Schema(implementation = ScoreAnswer.class)))
  @ApiResponse(
      responseCode = "400",
      description = "A feature is not known or has another type; nothing was scored.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @ScoringApi.TooLarge
  @ScoringApi.NoVisitor
  HttpResponse<?> score(
      HttpRequest<?> request,
      @Parameter(hidden = true) @Body @Nullable String body,
      @Parameter(description = "The most reasons to give; 0 gives none, which is faster.")
          @QueryValue(defaultValue = ScoreAnswer.MOST_REASONS)
          int reasons) {
    if (reasons < 0) {
      return Problem.response(HttpStatus.BAD_REQUEST, "reasons is a number from 0 on");
    }
    return switch (FeatureReader.read(body == null ? "" : body)) {
      case RequestedFeatures.Refused(String detail) ->
          Problem.response(HttpStatus.BAD_REQUEST, detail);
      case RequestedFeatures.Accepted(FeatureVector vector) ->
          scored(registry, model -> ScoreAnswer.of(model, vector.values(), reasons));
      case RequestedFeatures.Sessions(List<Session> sessions) ->
          scored(registry, model -> ScoresAnswer.of(model, sessions, reasons));
      case RequestedFeatures.ClosedSessions(List<Session> sessions) ->
          scored(returns.registry(), model -> ReturnScoresAnswer.of(model, sessions, reasons));
      case RequestedFeatures.Impressions(List<ImpressionReader.Impression> impressions) ->
          scored(clicks.registry(), model -> ClickScoresAnswer.of(model, impressions, reasons));
      case RequestedFeatures.Visitor(String id) ->
          ofVisitors(request, List.of(id), found -> single(found.getFirst(), reasons));
      case RequestedFeatures.Visitors(List<String> ids) ->
          ofVisitors(request, ids, found -> all(found, reasons));
    };
  }

  private HttpResponse<?> single(Open found, int reasons) {
    if (found.session() != null) {
      return scored(registry, model -> VisitorScore.of(model, found, reasons));
    }
    String problem = String.valueOf(found.problem());
    return found.isUnavailable()
        ? Problem.notNow(problem)
        : Problem.response(HttpStatus.NOT_FOUND, problem);
  }

  private HttpResponse<?> all(List<Open> found, int reasons) {
    return scored(
        registry,
        model ->
            new VisitorScoresAnswer(
                found.stream().map(each -> VisitorScore.of(model, each, reasons)).toList()));
  }

  /** A collector sees no visitor, and reasons tell what one did. */
  private HttpResponse<?> ofVisitors(
      HttpRequest<?> request, List<String> ids, Function<List<Open>, HttpResponse<?>> answer) {
    if (Doorkeeper.caller(request).filter(each -> each.role() == Role.COLLECTOR).isPresent()) {
      return Problem.response(
          HttpStatus.FORBIDDEN, "the role collector may send sessions, not ask for visitors");
    }
    if (registry.current().isEmpty()) {
      return Problem.response(HttpStatus.SERVICE_UNAVAILABLE, ModelController.NO_MODEL);
    }
    try {
      return answer.apply(open.of(ids));
    } catch (NoAnswerException e) {
      return Problem.response(e.status(), String.valueOf(e.getMessage()));
    }
  }

  private static HttpResponse<?> scored(Registry models, Function<LoadedModel, Object> answer) {
    LoadedModel model = models.current().orElse(null);
    return model == null
        ? Problem.response(HttpStatus.SERVICE_UNAVAILABLE, ModelController.NO_MODEL)
        : HttpResponse.ok(answer.apply(model));
  }
}
