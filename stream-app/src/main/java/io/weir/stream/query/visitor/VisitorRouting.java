package io.weir.stream.query.visitor;

import io.weir.stream.query.http.Problem;
import io.weir.stream.query.cluster.Forwarder;
import io.weir.stream.query.cluster.PeerClient;
import io.weir.stream.query.cluster.PeerAnswer;
import io.weir.stream.query.cluster.OwnerLookup;
import io.weir.stream.query.cluster.VisitorPlacement;
import io.weir.stream.query.cluster.Cluster;

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
  private final OwnerLookup placements;
  private final StateReader reader;
  private final PeerClient peers;

  public VisitorRouting(Cluster cluster, VisitorLookup store, Forwarder forwarder) {
    this((OwnerLookup) cluster, store, forwarder);
  }

  VisitorRouting(OwnerLookup placements, StateReader reader, PeerClient peers) {
    this.placements = placements;
    this.reader = reader;
    this.peers = peers;
  }

  public HttpResponse<?> answer(HttpRequest<?> request, VisitorQuery question) {
    Optional<VisitorPlacement> placed = placements.of(question.visitor());
    if (placed.isEmpty()) {
      return Problem.notNow("the group has not decided yet who has this visitor");
    }
    VisitorPlacement placement = placed.get();
    if (Forwarder.isForwarded(request)) {
      return rendered(anyCopy(question, placement), question);
    }
    Lookup live = live(question, placement);
    if (isSaid(live)) {
      return rendered(live, question);
    }
    String path = pathAndQuery(request.getUri());
    return fromOwner(question, placement, path)
        .or(() -> fromStandby(question, placement, path))
        .orElseGet(() -> rendered(anyCopy(question, placement), question));
  }

  private Lookup live(VisitorQuery question, VisitorPlacement placement) {
    return isSelf(placement.active())
        ? reader.live(question.visitor(), placement.partition())
        : new Lookup.Unavailable("another instance has this visitor");
  }

  private Lookup anyCopy(VisitorQuery question, VisitorPlacement placement) {
    Lookup live = reader.live(question.visitor(), placement.partition());
    return isSaid(live) ? live : reader.copy(question.visitor(), placement.partition());
  }

  /** Asks a second time: the group may have moved the visitor in the meantime. */
  private Optional<HttpResponse<?>> fromOwner(VisitorQuery question, VisitorPlacement first, String path) {
    Optional<HttpResponse<?>> answer = ask(first.active(), path);
    if (answer.isPresent()) {
      return answer;
    }
    VisitorPlacement second = placements.of(question.visitor()).orElse(first);
    Lookup live = live(question, second);
    return isSaid(live) ? Optional.of(rendered(live, question)) : ask(second.active(), path);
  }

  private Optional<HttpResponse<?>> fromStandby(
      VisitorQuery question, VisitorPlacement placement, String path) {
    if (placement.standbys().stream().anyMatch(this::isSelf)) {
      Lookup copy = reader.copy(question.visitor(), placement.partition());
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

  private static boolean isSaid(Lookup looked) {
    return !(looked instanceof Lookup.Unavailable);
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

  private static HttpResponse<?> rendered(Lookup looked, VisitorQuery question) {
    return switch (looked) {
      case Lookup.Unavailable(String why) -> Problem.notNow(why);
      case Lookup.Absent(long lag) -> marked(missing(question), lag);
      case Lookup.Found(var state, long lag) ->
          marked(
              question
                  .view()
                  .apply(state)
                  .<MutableHttpResponse<?>>map(HttpResponse::ok)
                  .orElseGet(() -> missing(question)),
              lag);
    };
  }

  private static MutableHttpResponse<?> missing(VisitorQuery question) {
    return Problem.response(HttpStatus.NOT_FOUND, question.missing());
  }

  private static HttpResponse<?> marked(MutableHttpResponse<?> response, long lag) {
    return lag == Lookup.LIVE ? response : response.header(Forwarder.STALENESS, "lag=" + lag);
  }
}
