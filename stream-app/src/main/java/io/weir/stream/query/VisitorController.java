package io.weir.stream.query;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.weir.stream.query.VisitorQueries.Found;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.state.HostInfo;

/** Open and recent sessions of a visitor. */
@Controller("/v1/visitors")
@ExecuteOn(TaskExecutors.BLOCKING)
final class VisitorController {
  private static final String RETRY_SECONDS = "1";

  private final VisitorQueries queries;

  VisitorController(VisitorQueries queries) {
    this.queries = queries;
  }

  @Get("/{id}")
  HttpResponse<?> visitor(@PathVariable String id) {
    return switch (queries.find(id)) {
      case Found.Here(VisitorAnswer visitor) -> HttpResponse.ok(visitor);
      case Found.Elsewhere(HostInfo owner) -> HttpResponse.temporaryRedirect(address(owner, id));
      case Found.Nobody() ->
          Problem.response(HttpStatus.NOT_FOUND, "no visitor " + id + " in the last days");
      case Found.NotNow(String why) ->
          Problem.response(HttpStatus.SERVICE_UNAVAILABLE, why)
              .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    };
  }

  private static URI address(HostInfo owner, String id) {
    String path = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    return URI.create("http://" + owner.host() + ":" + owner.port() + "/v1/visitors/" + path);
  }
}
