package io.weir.stream.query.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.weir.http.Problem;
import io.weir.stream.query.cluster.Forwarder;
import io.weir.stream.query.cluster.PeerClient.PeerAnswer;
import io.weir.stream.query.visitor.StateReader.Lookup;
import io.weir.stream.query.visitor.StoredSearch;
import io.weir.stream.query.visitor.VisitorQuery;
import io.weir.stream.query.visitor.VisitorRouting.Reply;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Turns replies about a visitor into HTTP responses. */
final class VisitorResponses {
  private VisitorResponses() {}

  static HttpResponse<?> of(Reply reply, VisitorQuery query) {
    return switch (reply) {
      case Reply.Local(Lookup lookup) -> rendered(lookup, query);
      case Reply.Remote(PeerAnswer answer) -> passedOn(answer);
    };
  }

  /** The response to another instance; without the visitor it names the searched partitions. */
  static HttpResponse<?> of(StoredSearch search, VisitorQuery query) {
    if (search.found().isPresent()) {
      return rendered(search.found().get(), query);
    }
    String partitions =
        search.searched().stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
    return missing(query).header(Forwarder.SEARCHED, partitions);
  }

  private static HttpResponse<?> passedOn(PeerAnswer answer) {
    MutableHttpResponse<byte[]> response =
        HttpResponse.<byte[]>status(HttpStatus.valueOf(answer.status()))
            .body(answer.body().getBytes(StandardCharsets.UTF_8))
            .contentType(MediaType.of(answer.contentType()));
    answer.staleness().ifPresent(lag -> response.header(Forwarder.STALENESS, lag));
    return response;
  }

  private static HttpResponse<?> rendered(Lookup lookup, VisitorQuery query) {
    return switch (lookup) {
      case Lookup.Unavailable(String why) -> Problem.notNow(why);
      case Lookup.Absent(long lag) -> marked(missing(query), lag);
      case Lookup.Found(var state, long lag) ->
          marked(
              query
                  .view()
                  .apply(state)
                  .<MutableHttpResponse<?>>map(HttpResponse::ok)
                  .orElseGet(() -> missing(query)),
              lag);
    };
  }

  private static MutableHttpResponse<?> missing(VisitorQuery query) {
    return Problem.response(HttpStatus.NOT_FOUND, query.missing());
  }

  private static HttpResponse<?> marked(MutableHttpResponse<?> response, long lag) {
    return lag == Lookup.LIVE ? response : response.header(Forwarder.STALENESS, "lag=" + lag);
  }
}
