package io.weir.stream.query.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.weir.stream.query.visitor.VisitorQuery;
import io.weir.stream.query.visitor.VisitorRouting;
import io.weir.stream.query.visitor.VisitorViews;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The questions about one visitor: any instance takes them, the one that has the visitor answers.
 */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
final class VisitorController {
  /** Without a pattern of its own a variable would stop at plus, ampersand and semicolon. */
  private static final String ANY_ID = "{id:[^/]+}";

  private final VisitorRouting routing;
  private final VisitorViews views;

  VisitorController(VisitorRouting routing, VisitorViews views) {
    this.routing = routing;
    this.views = views;
  }

  @Get("/visitors/" + ANY_ID)
  HttpResponse<?> visitor(HttpRequest<?> request) {
    return answer(request, views.visitor(Parameters.visitor(request.getUri())));
  }

  @Get("/visitors/" + ANY_ID + "/sessions")
  HttpResponse<?> sessions(
      HttpRequest<?> request,
      @QueryValue @Nullable String limit,
      @QueryValue @Nullable String before) {
    String visitor = Parameters.visitor(request.getUri());
    return answer(
        request, views.sessions(visitor, Parameters.limit(limit), Parameters.before(before)));
  }

  /** The key tells nobody who the visitor is, so the caller has to. */
  @Get("/sessions/{key}")
  HttpResponse<?> session(
      HttpRequest<?> request, @PathVariable String key, @QueryValue @Nullable String visitor) {
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
