package io.weir.stream.query.http;

import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.ObjectMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.weir.http.Problem;
import io.weir.http.access.Allowed;
import io.weir.http.access.Role;
import io.weir.stream.query.cluster.Forwarder;
import io.weir.stream.query.visitor.OpenSessionAnswer;
import io.weir.stream.query.visitor.StateReader.Lookup;
import io.weir.stream.query.visitor.VisitorQuery;
import io.weir.stream.query.visitor.VisitorRouting;
import io.weir.stream.query.visitor.VisitorRouting.Reply;
import io.weir.stream.query.visitor.VisitorViews;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that visitors have open, in the fields of the sessions topic: what a model needs to
 * score them. One question is for many visitors, wherever in the group they are.
 */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
final class OpenSessionsController {
  private static final int MOST = 1_000;
  private static final int PATIENCE_SECONDS = 5;

  /** So many visitors of lists are asked for at a time on each other instance. */
  private static final int MOST_AT_A_PEER = 32;

  private final VisitorRouting routing;
  private final VisitorRouting bounded;
  private final VisitorViews views;
  private final ObjectMapper json;

  OpenSessionsController(VisitorRouting routing, VisitorViews views, ObjectMapper json) {
    this.routing = routing;
    this.bounded = routing.bounded(MOST_AT_A_PEER);
    this.views = views;
    this.json = json;
  }

  /** The visitors that are asked for; values of any type, so that none is turned into a text. */
  @Serdeable
  record Asked(
      @ArraySchema(
              minItems = 1,
              maxItems = MOST,
              schema =
                  @Schema(
                      type = "string",
                      minLength = 1,
                      maxLength = Parameters.LONGEST_ID,
                      pattern = Parameters.ID))
          @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
          @Nullable List<@Nullable Object> visitors) {}

  @Get("/visitors/{id:[^/]+}/open-session")
  @Operation(
      summary = "The session that a visitor has open, in the fields of the sessions topic",
      parameters =
          @Parameter(
              name = "id",
              in = ParameterIn.PATH,
              required = true,
              description = "anonymous id or user id",
              schema = @Schema(type = "string", maxLength = 255, pattern = Parameters.ID)))
  @ApiResponse(
      responseCode = "200",
      description = "the session",
      headers =
          @Header(
              name = Forwarder.STALENESS,
              description = "Only when a warm copy answers: the changes it has not seen yet.",
              schema = @Schema(type = "string", pattern = "^lag=[0-9]+$")),
      content = @Content(schema = @Schema(implementation = OpenSessionAnswer.class)))
  @QueryApi.BadRequest
  @QueryApi.NotFound
  @QueryApi.NotNow
  HttpResponse<?> one(HttpRequest<?> request) {
    VisitorQuery query = views.openSession(Parameters.visitor(request.getUri()));
    return VisitorResponses.of(
        Parameters.isForwarded(request)
            ? routing.replyForwarded(query.visitor())
            : reply(routing, query),
        query);
  }

  @Allowed({Role.READER, Role.INSTANCE})
  @Post("/sessions/open")
  @Operation(
      summary = "The sessions that visitors have open, in the fields of the sessions topic",
      description =
          "visitors is a list of 1 to 1,000 anonymous ids or user ids. The answer has one entry"
              + " for each, in their order, with a session or a problem. With is_unavailable nobody"
              + " can say now whether the visitor has a session: ask again for that one.")
  @ApiResponse(
      responseCode = "200",
      description = "one entry for each visitor",
      content = @Content(schema = @Schema(implementation = OpenSessionAnswer.All.class)))
  @QueryApi.BadRequest
  OpenSessionAnswer.All all(@Body Asked asked) throws InterruptedException {
    List<VisitorQuery> queries = queries(asked);
    List<Callable<OpenSessionAnswer>> tasks = new ArrayList<>();
    queries.forEach(query -> tasks.add(() -> answer(query, reply(bounded, query))));
    var answers = new ArrayList<OpenSessionAnswer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<OpenSessionAnswer> each :
          threads.invokeAll(tasks, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        answers.add(answer(queries.get(answers.size()).visitor(), each));
      }
    }
    return new OpenSessionAnswer.All(answers);
  }

  private List<VisitorQuery> queries(Asked asked) {
    List<@Nullable Object> visitors = asked.visitors == null ? List.of() : asked.visitors;
    if (visitors.isEmpty() || visitors.size() > MOST) {
      throw new RefusedRequest("visitors must be a list of 1 to " + MOST + " ids");
    }
    return visitors.stream().map(id -> views.openSession(visitor(id))).toList();
  }

  private static String visitor(@Nullable Object id) {
    if (id instanceof String || id == null) {
      return Parameters.visitor((String) id);
    }
    throw new RefusedRequest("visitors must be a list of texts; ids of digits have quotes, too");
  }

  private static OpenSessionAnswer answer(String visitor, Future<OpenSessionAnswer> found) {
    try {
      return found.isCancelled()
          ? OpenSessionAnswer.unavailable(visitor, "no instance has answered in time")
          : found.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("visitor cannot be looked for", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("a task that has ended does not wait", e);
    }
  }

  private OpenSessionAnswer answer(VisitorQuery query, Reply reply) {
    return switch (reply) {
      case Reply.Local(Lookup.Unavailable(String why)) ->
          OpenSessionAnswer.unavailable(query.visitor(), why);
      case Reply.Local(Lookup.Absent _) -> OpenSessionAnswer.none(query.visitor(), query.missing());
      case Reply.Local(Lookup.Found(var state, _)) ->
          query
              .view()
              .apply(state)
              .map(OpenSessionAnswer.class::cast)
              .orElseGet(() -> OpenSessionAnswer.none(query.visitor(), query.missing()));
      case Reply.Remote(var answer) when answer.status() == HttpStatus.OK.getCode() ->
          read(query, answer.body());
      case Reply.Remote(var answer) when answer.status() == HttpStatus.NOT_FOUND.getCode() ->
          OpenSessionAnswer.none(query.visitor(), query.missing());
      case Reply.Remote(var answer) ->
          OpenSessionAnswer.unavailable(
              query.visitor(), "the instance that has it answers with status " + answer.status());
    };
  }

  private OpenSessionAnswer read(VisitorQuery query, String body) {
    try {
      OpenSessionAnswer read = json.readValue(body, Argument.of(OpenSessionAnswer.class));
      return read == null ? unread(query) : read;
    } catch (IOException e) {
      return unread(query);
    }
  }

  private static OpenSessionAnswer unread(VisitorQuery query) {
    return OpenSessionAnswer.unavailable(
        query.visitor(), "the instance that has it answers otherwise");
  }

  /** The group's reply. An older instance has no such path: its 404 is not about the visitor. */
  private Reply reply(VisitorRouting group, VisitorQuery query) {
    Reply reply = group.reply(query.visitor(), path(query.visitor()));
    return reply instanceof Reply.Remote(var answer)
            && answer.status() == HttpStatus.NOT_FOUND.getCode()
            && !isMissing(query, answer.body())
        ? new Reply.Local(
            new Lookup.Unavailable("the instance that has it does not know this question"))
        : reply;
  }

  private boolean isMissing(VisitorQuery query, String body) {
    try {
      Problem problem = json.readValue(body, Argument.of(Problem.class));
      return problem != null && query.missing().equals(problem.detail());
    } catch (IOException e) {
      return false;
    }
  }

  private static String path(String visitor) {
    String id = URLEncoder.encode(visitor, StandardCharsets.UTF_8).replace("+", "%20");
    return "/v1/visitors/" + id + "/open-session";
  }
}
