package io.weir.stream.query;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Answers for any visitor: from this instance where it works on the visitor, else from the instance
 * that does, else from a warm copy, which says how far it is behind. While partitions move the
 * answer is to come back, never that there is no such visitor.
 */
public final class VisitorRouting {
  private final Placements placements;
  private final StateReader reader;
  private final Peers peers;

  public VisitorRouting(Cluster cluster, VisitorLookup store, Forwarder forwarder) {
    this((Placements) cluster, store, forwarder);
  }

  VisitorRouting(Placements placements, StateReader reader, Peers peers) {
    this.placements = placements;
    this.reader = reader;
    this.peers = peers;
  }

  HttpResponse<?> answer(HttpRequest<?> request, Question question) {
    Optional<Placement> placed = placements.of(question.visitor());
    if (placed.isEmpty()) {
      return Problem.notNow("the group has not decided yet who has this visitor");
    }
    Placement placement = placed.get();
    if (Forwarder.isForwarded(request)) {
      return rendered(anyCopy(question, placement), question);
    }
    Looked live = live(question, placement);
    if (isSaid(live)) {
      return rendered(live, question);
    }
    String path = pathAndQuery(request.getUri());
    return fromOwner(question, placement, path)
        .or(() -> fromStandby(question, placement, path))
        .orElseGet(() -> rendered(anyCopy(question, placement), question));
  }

  private Looked live(Question question, Placement placement) {
    return isSelf(placement.active())
        ? reader.live(question.visitor(), placement.partition())
        : new Looked.Unavailable("another instance has this visitor");
  }

  private Looked anyCopy(Question question, Placement placement) {
    Looked live = reader.live(question.visitor(), placement.partition());
    return isSaid(live) ? live : reader.copy(question.visitor(), placement.partition());
  }

  /** Asks a second time: the group may have moved the visitor in the meantime. */
  private Optional<HttpResponse<?>> fromOwner(Question question, Placement first, String path) {
    Optional<HttpResponse<?>> answer = ask(first.active(), path);
    if (answer.isPresent()) {
      return answer;
    }
    Placement second = placements.of(question.visitor()).orElse(first);
    Looked live = live(question, second);
    return isSaid(live) ? Optional.of(rendered(live, question)) : ask(second.active(), path);
  }

  private Optional<HttpResponse<?>> fromStandby(
      Question question, Placement placement, String path) {
    if (placement.standbys().stream().anyMatch(this::isSelf)) {
      Looked copy = reader.copy(question.visitor(), placement.partition());
      if (isSaid(copy)) {
        return Optional.of(rendered(copy, question));
      }
    }
    for (HostInfo standby : placement.standbys()) {
      Optional<HttpResponse<?>> answer = ask(standby, path);
      if (answer.isPresent()) {
        return answer;
      }
    }
    return Optional.empty();
  }

  private Optional<HttpResponse<?>> ask(HostInfo peer, String path) {
    return isSelf(peer) ? Optional.empty() : peers.ask(peer, path).map(VisitorRouting::handedOn);
  }

  private boolean isSelf(HostInfo host) {
    return host.equals(placements.self());
  }

  private static boolean isSaid(Looked looked) {
    return !(looked instanceof Looked.Unavailable);
  }

  private static String pathAndQuery(URI asked) {
    String query = asked.getRawQuery();
    return query == null ? asked.getRawPath() : asked.getRawPath() + "?" + query;
  }

  private static HttpResponse<?> handedOn(PeerAnswer answer) {
    MutableHttpResponse<byte[]> response =
        HttpResponse.<byte[]>status(HttpStatus.valueOf(answer.status()))
            .body(answer.body().getBytes(StandardCharsets.UTF_8))
            .contentType(MediaType.of(answer.contentType()));
    answer.staleness().ifPresent(lag -> response.header(Forwarder.STALENESS, lag));
    return response;
  }

  private static HttpResponse<?> rendered(Looked looked, Question question) {
    return switch (looked) {
      case Looked.Unavailable(String why) -> Problem.notNow(why);
      case Looked.Absent(long lag) -> marked(missing(question), lag);
      case Looked.Found(var state, long lag) ->
          marked(
              question
                  .view()
                  .apply(state)
                  .<MutableHttpResponse<?>>map(HttpResponse::ok)
                  .orElseGet(() -> missing(question)),
              lag);
    };
  }

  private static MutableHttpResponse<?> missing(Question question) {
    return Problem.response(HttpStatus.NOT_FOUND, question.missing());
  }

  private static HttpResponse<?> marked(MutableHttpResponse<?> response, long lag) {
    return lag == Looked.LIVE ? response : response.header(Forwarder.STALENESS, "lag=" + lag);
  }
}
