package io.weir.http;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gives the server's own errors (no such path, wrong method, bad argument) the common form. */
@Singleton
final class Problems implements ErrorResponseProcessor<Problem> {
  private final boolean isDescribed;

  /**
   * @param document serves the list of paths, where the service has one
   */
  Problems(@Nullable OpenApiController document) {
    this.isDescribed = document != null;
  }

  @Override
  public MutableHttpResponse<Problem> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    HttpStatus status = response.status();
    return response.contentType(Problem.JSON).body(Problem.of(status, detail(status, context)));
  }

  private String detail(HttpStatus status, ErrorContext context) {
    return switch (status) {
      case NOT_FOUND -> "there is nothing at " + context.getRequest().getPath() + list();
      case INTERNAL_SERVER_ERROR -> "unexpected; the log of this instance says more";
      default ->
          context.getErrors().stream().map(Error::getMessage).collect(Collectors.joining("; "));
    };
  }

  private String list() {
    return isDescribed ? "; /openapi.yaml lists what there is" : "";
  }
}
