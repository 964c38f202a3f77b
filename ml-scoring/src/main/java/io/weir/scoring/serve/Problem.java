package io.weir.scoring.serve;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;

/** Why a request was not answered, in the form of RFC 9457. */
record Problem(String type, String title, int status, String detail) {
  static final String MEDIA_TYPE = "application/problem+json";

  static HttpResponse<String> response(HttpStatus status, String detail) {
    var problem = new Problem("about:blank", status.getReason(), status.getCode(), detail);
    return Json.response(status, problem).contentType(MediaType.of(MEDIA_TYPE));
  }
}
