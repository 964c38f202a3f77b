package io.weir.stream.query.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.serde.annotation.Serdeable;

/** An error as RFC 9457 describes it. */
@Serdeable
public record Problem(String type, String title, int status, String detail) {
  static final MediaType JSON = MediaType.of("application/problem+json");

  private static final String RETRY_SECONDS = "1";

  /** The type says no more than the status does; what happened is the detail. */
  static Problem of(HttpStatus status, String detail) {
    return new Problem("about:blank", status.getReason(), status.getCode(), detail);
  }

  static MutableHttpResponse<?> response(HttpStatus status, String detail) {
    return HttpResponse.status(status).contentType(JSON).body(of(status, detail));
  }

  /** Partitions are moving, or an instance does not answer: asking again will help. */
  static MutableHttpResponse<?> notNow(String why) {
    return response(HttpStatus.SERVICE_UNAVAILABLE, why)
        .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
  }
}
