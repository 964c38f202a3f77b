package io.weir.stream.query.live;

import io.weir.stream.processor.RecentSessions;
import io.weir.stream.query.live.PeerPoll.Report;
import io.weir.stream.query.visitor.SessionAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends an audience the sessions of all instances as they close, and counters every second. Reads
 * what the stream threads leave behind a few times a second, so listeners cost the stream nothing.
 * Polls the other instances once a second while somebody listens.
 */
public final class LiveStream implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LiveStream.class);
  private static final long STEP_MILLIS = 200;
  private static final int STEPS_PER_SECOND = 5;

  /** The most sessions of one step: a listener that keeps up can take them before the next. */
  private static final int MOST_SESSIONS = 1_000;

  /** The most sessions of one step that come from other instances. */
  private static final int MOST_OF_OTHERS = MOST_SESSIONS / 2;

  private final OwnNews own;
  private final PeerPoll peers;
  private final Audience audience;
  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("live-stream").factory());
  private long told;
  private long skipped;
  private int steps;

  public LiveStream(OwnNews own, PeerPoll peers, Audience audience) {
    this.own = own;
    this.peers = peers;
    this.audience = audience;
  }

  public void start() {
    told = own.position();
    var _ =
        clockwork.scheduleWithFixedDelay(
            this::safeStep, STEP_MILLIS, STEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  @SuppressWarnings("checkstyle:IllegalCatch")
  private void safeStep() {
    try {
      step(System.nanoTime());
    } catch (RuntimeException | Error e) {
      // An exception would end the schedule for good.
      log.warn("a step of the live stream failed; the next one is due as usual", e);
    }
  }

  /** Sends what is new since the last step. */
  void step(long now) {
    if (!audience.isPresent(now)) {
      told = own.position();
      steps = 0;
      peers.forget();
      return;
    }
    boolean isSecond = steps % STEPS_PER_SECOND == 0;
    steps++;
    boolean isLate = isSecond && peers.isRunning();
    if (isSecond && !isLate) {
      peers.start();
    }
    Optional<Report> report = peers.take();
    tellSessions(report.map(Report::sessions).orElse(List.of()));
    report.ifPresent(news -> skipped += news.skipped());
    if (report.isPresent() || isLate) {
      peers.last().ifPresent(this::tellCounters);
    }
  }

  /** Sends own sessions first. If there are too many, the newest of each kind are sent. */
  private void tellSessions(List<SessionAnswer> ofOthers) {
    RecentSessions.News news = own.sessionsAfter(told);
    List<SessionAnswer> mine = OwnNews.answers(news.sessions());
    List<SessionAnswer> theirs = newest(ofOthers, MOST_OF_OTHERS);
    var all = new ArrayList<>(newest(mine, MOST_SESSIONS - theirs.size()));
    all.addAll(theirs);
    skipped += news.added() - told + ofOthers.size() - all.size();
    told = news.added();
    all.forEach(session -> audience.send("session", session));
  }

  private static List<SessionAnswer> newest(List<SessionAnswer> sessions, int most) {
    return sessions.subList(Math.max(0, sessions.size() - most), sessions.size());
  }

  private void tellCounters(Report report) {
    LiveCounters mine = own.counters();
    var all = new ArrayList<LiveCounters>();
    all.add(mine.withSkipped(mine.sessionsSkipped() + skipped));
    all.addAll(report.counters());
    audience.send("counters", CountersSum.of(all, report.missing()));
  }

  @Override
  public void close() {
    clockwork.shutdown();
    audience.close();
  }
}
