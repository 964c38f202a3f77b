package io.weir.stream.query.live;

import io.weir.stream.query.cluster.Survey;
import io.weir.stream.query.visitor.SessionAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/**
 * Asks the other instances for their news, one poll at a time. A poll runs on a thread of its own,
 * so an instance that does not answer delays no listener. The methods are for one thread.
 */
public final class PeerPoll {
  private final Survey survey;
  private final Executor threads;
  private @Nullable CompletableFuture<Report> running;
  private @Nullable Report last;

  /**
   * The result of a poll.
   *
   * @param positions of the instances that have answered so far
   * @param counters of the instances that answered
   * @param missing instances that did not answer
   * @param sessions emitted since the poll before
   * @param skipped sessions emitted since then that the instances no longer had
   */
  record Report(
      Map<HostInfo, Long> positions,
      List<LiveCounters> counters,
      List<String> missing,
      List<SessionAnswer> sessions,
      long skipped) {}

  public PeerPoll(Survey survey, Executor threads) {
    this.survey = survey;
    this.threads = threads;
  }

  boolean isRunning() {
    return running != null;
  }

  /** Starts a poll; none may be running. */
  void start() {
    Map<HostInfo, Long> positions = last == null ? Map.of() : last.positions();
    running = CompletableFuture.supplyAsync(() -> ask(positions), threads);
  }

  /** Takes the report of the poll that was started; empty while it runs. */
  Optional<Report> take() {
    CompletableFuture<Report> poll = running;
    if (poll == null || !poll.isDone()) {
      return Optional.empty();
    }
    running = null;
    last = poll.join();
    return Optional.of(last);
  }

  /** The report that was taken last. */
  Optional<Report> last() {
    return Optional.ofNullable(last);
  }

  /** Forgets all positions when nobody listens. A poll that still runs has no effect. */
  void forget() {
    running = null;
    last = null;
  }

  private Report ask(Map<HostInfo, Long> known) {
    Survey.Result<LiveNews> result =
        survey.askEach(peer -> question(known.get(peer)), LiveNews.class);
    var positions = new HashMap<HostInfo, Long>();
    // An instance that misses one poll is asked for the same sessions again.
    for (HostInfo peer : result.silent()) {
      Long position = known.get(peer);
      if (position != null) {
        positions.put(peer, position);
      }
    }
    var sessions = new ArrayList<SessionAnswer>();
    long skipped = 0;
    for (Map.Entry<HostInfo, LiveNews> answer : result.byPeer().entrySet()) {
      LiveNews news = answer.getValue();
      positions.put(answer.getKey(), news.position());
      sessions.addAll(news.sessions());
      skipped += skipped(known.get(answer.getKey()), news);
    }
    return new Report(
        positions,
        result.answers().stream().map(LiveNews::counters).toList(),
        result.missing().stream().sorted().toList(),
        sessions,
        skipped);
  }

  private static String question(@Nullable Long position) {
    return position == null ? "/v1/live" : "/v1/live?after=" + position;
  }

  private static long skipped(@Nullable Long position, LiveNews news) {
    if (position == null) {
      return 0;
    }
    // After a restart of the other instance its positions start at zero again.
    long before = position > news.position() ? 0 : position;
    return news.position() - before - news.sessions().size();
  }
}
