package io.weir.stream.query.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.weir.http.Problem;
import jakarta.inject.Singleton;

/** Says 400 and why. */
@Singleton
@SuppressWarnings("rawtypes")
final class RefusedRequestHandler implements ExceptionHandler<RefusedRequest, HttpResponse<?>> {

  @Override
  public HttpResponse<?> handle(HttpRequest request, RefusedRequest refused) {
    return Problem.response(HttpStatus.BAD_REQUEST, String.valueOf(refused.getMessage()));
  }
}
