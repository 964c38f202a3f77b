package io.weir.stream.query;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/** Server-sent events of this instance. */
@Controller("/v1")
final class StreamController {
  private final LiveStream live;

  StreamController(LiveStream live) {
    this.live = live;
  }

  @Get(value = "/stream", produces = MediaType.TEXT_EVENT_STREAM)
  HttpResponse<?> stream() {
    return live.listen()
        .<HttpResponse<?>>map(
            events -> HttpResponse.ok(events).contentType(MediaType.TEXT_EVENT_STREAM_TYPE))
        .orElseGet(() -> Problem.notNow("too many listen already"));
  }
}
