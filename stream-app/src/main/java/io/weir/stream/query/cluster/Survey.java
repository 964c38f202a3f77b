package io.weir.stream.query.cluster;

import io.weir.stream.query.cluster.PeerClient.PeerAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks all other instances at the same time. */
public final class Survey {
  private static final Logger log = LoggerFactory.getLogger(Survey.class);
  private static final int OK = 200;

  private final Supplier<List<HostInfo>> others;
  private final PeerClient peers;
  private final AnswerReader reader;

  /** Reads an answer's JSON. */
  public interface AnswerReader {
    <T> @Nullable T read(String json, Class<T> type) throws IOException;
  }

  /**
   * The outcome of a survey.
   *
   * @param byPeer the answers
   * @param silent the instances that did not answer in time
   */
  public record Result<T>(Map<HostInfo, T> byPeer, List<HostInfo> silent) {

    public List<T> answers() {
      return List.copyOf(byPeer.values());
    }

    /** The addresses of the instances that did not answer in time. */
    public List<String> missing() {
      return silent.stream().map(peer -> peer.host() + ":" + peer.port()).toList();
    }
  }

  /**
   * Creates a survey of a group that may change.
   *
   * @param others supplies the other instances at the moment of a question
   */
  public Survey(Supplier<List<HostInfo>> others, PeerClient peers, AnswerReader reader) {
    this.others = others;
    this.peers = peers;
    this.reader = reader;
  }

  /** Asks all of them the same question. */
  public <T> Result<T> ask(String pathAndQuery, Class<T> type) {
    return askEach(_ -> pathAndQuery, type);
  }

  /** Asks each of them a question of its own. */
  public <T> Result<T> askEach(Function<HostInfo, String> questions, Class<T> type) {
    List<HostInfo> asked = others.get();
    var answers = new LinkedHashMap<HostInfo, T>();
    var silent = new ArrayList<HostInfo>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<PeerAnswer>>> pending =
          asked.stream()
              .map(peer -> threads.submit(() -> peers.ask(peer, questions.apply(peer))))
              .toList();
      for (int i = 0; i < pending.size(); i++) {
        HostInfo peer = asked.get(i);
        await(pending.get(i))
            .filter(answer -> answer.status() == OK)
            .flatMap(answer -> read(answer, type, peer))
            .ifPresentOrElse(answer -> answers.put(peer, answer), () -> silent.add(peer));
      }
    }
    return new Result<>(answers, silent);
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
      return Optional.ofNullable(reader.read(answer.body(), type));
    } catch (IOException e) {
      log.warn("{} answers in a form this version does not read", peer, e);
      return Optional.empty();
    }
  }
}
