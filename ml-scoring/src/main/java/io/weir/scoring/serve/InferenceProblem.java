package io.weir.scoring.serve;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.serde.annotation.Serdeable;
import io.weir.http.Problem;

/**
 * An error as RFC 9457 describes it, which clients of the Open Inference Protocol understand, too.
 *
 * @param error the detail again: the member in which those clients look for it
 */
@Serdeable
record InferenceProblem(String type, String title, int status, String detail, String error) {

  static HttpResponse<?> response(HttpStatus status, String detail) {
    return HttpResponse.status(status)
        .contentType(MediaType.of(Problem.MEDIA_TYPE))
        .body(
            new InferenceProblem(
                "about:blank", status.getReason(), status.getCode(), detail, detail));
  }
}
