package io.weir.stream.query.http;

import io.weir.stream.query.cluster.Forwarder;
import io.weir.stream.query.live.LiveStream;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.sse.Event;
import java.util.Optional;
import org.reactivestreams.Publisher;

/** Server-sent events of all instances; an instance that asks gets those of this one. */
@Controller("/v1")
final class StreamController {
  private final LiveStream live;

  StreamController(LiveStream live) {
    this.live = live;
  }

  @Get(value = "/stream", produces = MediaType.TEXT_EVENT_STREAM, headRoute = false)
  HttpResponse<?> stream(HttpRequest<?> request) {
    Optional<Publisher<Event<Object>>> joined =
        Forwarder.isForwarded(request) ? live.listenForwarded() : live.listen();
    return joined
        .<HttpResponse<?>>map(
            events -> HttpResponse.ok(events).contentType(MediaType.TEXT_EVENT_STREAM_TYPE))
        .orElseGet(() -> Problem.notNow("too many listen already"));
  }
}
