package io.weir.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.netty.handler.codec.compression.DecompressionException;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a body that cannot be unpacked: the caller's mistake, no defect. */
@Singleton
final class BodyProblems implements ExceptionHandler<DecompressionException, HttpResponse<?>> {
  private static final String OFFERED = "gzip, deflate";

  /** Refuses a body in a coding that is not offered. Returns nothing for all others. */
  static @Nullable HttpResponse<?> refusal(HttpRequest<?> request) {
    return request.getHeaders().contains(WholeBodies.REFUSED)
        ? Problem.response(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "a body may have no Content-Encoding, or one of " + OFFERED)
            .header(HttpHeaders.ACCEPT_ENCODING, OFFERED)
        : null;
  }

  @Override
  public HttpResponse<?> handle(HttpRequest request, DecompressionException broken) {
    if (broken instanceof BrokenBodyException chunks) {
      return Problem.response(
          chunks.isTooLong() ? HttpStatus.REQUEST_ENTITY_TOO_LARGE : HttpStatus.BAD_REQUEST,
          "the chunks of the body cannot be read");
    }
    return Problem.response(
        HttpStatus.BAD_REQUEST, "the body is not what its Content-Encoding says");
  }
}
