package io.weir.stream.query.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
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
  HttpResponse<?> stream() {
    return listeners
        .join(System.nanoTime())
        .<HttpResponse<?>>map(
            events -> HttpResponse.ok(events).contentType(MediaType.TEXT_EVENT_STREAM_TYPE))
        .orElseGet(() -> Problem.notNow("too many listen already"));
  }

  @Get("/live")
  @ExecuteOn(TaskExecutors.BLOCKING)
  LiveNews live(@QueryValue @Nullable String after) {
    return after == null ? news.first() : news.after(Parameters.position(after));
  }
}
