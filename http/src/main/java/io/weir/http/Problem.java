package io.weir.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

/** An error as RFC 9457 describes it. */
@Serdeable
@Schema(name = "Problem", description = "An error as RFC 9457 describes it.")
public record Problem(
    @Schema(format = "uri-reference") String type, String title, int status, String detail) {
  /** The media type's name, for annotations. */
  public static final String MEDIA_TYPE = "application/problem+json";

  static final MediaType JSON = MediaType.of(MEDIA_TYPE);

  private static final String RETRY_SECONDS = "1";

  /** The type says no more than the status does; the detail says what happened. */
  static Problem of(HttpStatus status, String detail) {
    return new Problem("about:blank", status.getReason(), status.getCode(), detail);
  }

  /** An answer with this status whose body is a problem. */
  public static MutableHttpResponse<?> response(HttpStatus status, String detail) {
    return HttpResponse.status(status).contentType(JSON).body(of(status, detail));
  }

  /** An answer that the caller should repeat the request a second later. */
  public static MutableHttpResponse<?> notNow(String why) {
    return response(HttpStatus.SERVICE_UNAVAILABLE, why)
        .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
  }
}
