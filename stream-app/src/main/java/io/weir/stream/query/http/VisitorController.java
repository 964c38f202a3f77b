package io.weir.stream.query.http;

import io.weir.stream.query.visitor.VisitorViews;
import io.weir.stream.query.visitor.VisitorRouting;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import org.jspecify.annotations.Nullable;

/** One visitor: asked of any instance, answered by the one that has the visitor. */
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
    return routing.answer(request, views.visitor(Parameters.visitor(request.getUri())));
  }

  @Get("/visitors/" + ANY_ID + "/sessions")
  HttpResponse<?> sessions(
      HttpRequest<?> request,
      @QueryValue @Nullable String limit,
      @QueryValue @Nullable String before) {
    String visitor = Parameters.visitor(request.getUri());
    return routing.answer(
        request, views.sessions(visitor, Parameters.limit(limit), Parameters.before(before)));
  }

  /** The key tells nobody who the visitor is, so the caller has to. */
  @Get("/sessions/{key}")
  HttpResponse<?> session(
      HttpRequest<?> request, @PathVariable String key, @QueryValue @Nullable String visitor) {
    return routing.answer(request, views.session(Parameters.visitor(visitor), Parameters.sessionKey(key)));
  }
}
