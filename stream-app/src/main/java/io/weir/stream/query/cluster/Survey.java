package io.weir.stream.query.cluster;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks all other instances the same question at the same time. */
@Singleton
public final class Survey {
  private static final Logger log = LoggerFactory.getLogger(Survey.class);
  private static final int OK = 200;

  private final Cluster cluster;
  private final Forwarder forwarder;
  private final ObjectMapper json;

  Survey(Cluster cluster, Forwarder forwarder, ObjectMapper json) {
    this.cluster = cluster;
    this.forwarder = forwarder;
    this.json = json;
  }

  /**
   * @param missing the instances that did not answer in time
   */
  public record Result<T>(List<T> answers, List<String> missing) {}

  public <T> Result<T> ask(String pathAndQuery, Class<T> type) {
    List<HostInfo> others = cluster.others();
    var answers = new ArrayList<T>();
    var missing = new ArrayList<String>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<PeerAnswer>>> asked =
          others.stream()
              .map(peer -> threads.submit(() -> forwarder.ask(peer, pathAndQuery)))
              .toList();
      for (int i = 0; i < asked.size(); i++) {
        HostInfo peer = others.get(i);
        await(asked.get(i))
            .filter(answer -> answer.status() == OK)
            .flatMap(answer -> read(answer, type, peer))
            .ifPresentOrElse(answers::add, () -> missing.add(peer.host() + ":" + peer.port()));
      }
    }
    return new Result<>(answers, missing);
  }

  private static Optional<PeerAnswer> await(Future<Optional<PeerAnswer>> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("asking another instance failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private <T> Optional<T> read(PeerAnswer answer, Class<T> type, HostInfo peer) {
    try {
      return Optional.ofNullable(json.readValue(answer.body(), Argument.of(type)));
    } catch (IOException e) {
      log.warn("{} answers in a form this version does not read", peer, e);
      return Optional.empty();
    }
  }
}
