package io.weir.stream.query;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.serde.annotation.Serdeable;

/** An error as RFC 9457 describes it. */
@Serdeable
public record Problem(String title, int status, String detail) {

  static MutableHttpResponse<?> response(HttpStatus status, String detail) {
    return HttpResponse.status(status)
        .contentType(MediaType.of("application/problem+json"))
        .body(new Problem(status.getReason(), status.getCode(), detail));
  }
}
