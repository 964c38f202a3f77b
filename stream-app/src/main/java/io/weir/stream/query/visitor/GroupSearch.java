package io.weir.stream.query.visitor;

import io.weir.stream.query.cluster.PeerClient;
import io.weir.stream.query.cluster.PeerClient.PeerAnswer;
import io.weir.stream.query.visitor.StateReader.Lookup;
import io.weir.stream.query.visitor.VisitorRouting.Reply;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.state.HostInfo;

/**
 * The search for a stored id at all instances at once. The first live visitor ends it. A copy that
 * is behind is the reply only if nobody has better. The visitor is absent only if the searched
 * partitions of all answers are all partitions; an answer that names none counts for nothing.
 */
final class GroupSearch {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final Set<Integer> missing;
  private Optional<Reply> copy;

  GroupSearch(StoredSearch own) {
    this.missing = new TreeSet<>(IntStream.range(0, own.partitions()).boxed().toList());
    this.copy = own.found().map(Reply.Local::new);
    if (own.partitions() == 0) {
      missing.add(-1); // The number is not known, so no answer rules the visitor out.
    } else {
      missing.removeAll(own.searched());
    }
  }

  Reply reply(List<HostInfo> others, PeerClient peers, String pathAndQuery) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ExecutorCompletionService<Optional<PeerAnswer>>(threads);
      others.forEach(peer -> {
        var _ = answers.submit(() -> peers.ask(peer, pathAndQuery));
      });
      Optional<Reply> live = firstLive(answers, others.size());
      threads.shutdownNow();
      return live.or(() -> copy).orElseGet(this::notFound);
    }
  }

  private Optional<Reply> firstLive(CompletionService<Optional<PeerAnswer>> answers, int expected) {
    try {
      for (int i = 0; i < expected; i++) {
        Optional<Reply> live = answers.take().get().flatMap(this::taken);
        if (live.isPresent()) {
          return live;
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("asking another instance failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  /** Returns the answer if it is the live visitor, else keeps what it says. */
  private Optional<Reply> taken(PeerAnswer answer) {
    if (answer.status() == OK) {
      Reply reply = new Reply.Remote(answer);
      if (answer.staleness().isEmpty()) {
        return Optional.of(reply);
      }
      copy = copy.or(() -> Optional.of(reply));
    } else if (answer.status() == NOT_FOUND) {
      missing.removeAll(answer.searched());
    }
    return Optional.empty();
  }

  private Reply notFound() {
    return new Reply.Local(
        missing.isEmpty()
            ? new Lookup.Absent(Lookup.LIVE)
            : new Lookup.Unavailable(
                "partitions that may have this visitor cannot be searched now"));
  }
}
