package io.weir.stream.query.live;

import io.weir.contract.avro.Session;
import io.weir.stream.processor.RecentSessions;
import io.weir.stream.processor.StreamProgress;
import io.weir.stream.query.cluster.StatusReport;
import io.weir.stream.query.overview.OpenSessions;
import io.weir.stream.query.visitor.SessionAnswer;
import java.util.List;
import java.util.function.Supplier;

/** The news of this instance: its counters, and the sessions it emitted after a position. */
public final class OwnNews {
  private final RecentSessions sessions;
  private final Supplier<LiveCounters> counters;

  public OwnNews(StreamProgress progress, StatusReport report, OpenSessions open) {
    this(progress.recentSessions(), () -> LiveCounters.ofOne(report.now(), open.now().count(), 0));
  }

  OwnNews(RecentSessions sessions, Supplier<LiveCounters> counters) {
    this.sessions = sessions;
    this.counters = counters;
  }

  /** The position a new listener begins at. */
  long position() {
    return sessions.added();
  }

  LiveCounters counters() {
    return counters.get();
  }

  /** The news for an instance that asks for the first time. */
  public LiveNews first() {
    return new LiveNews(counters(), position(), List.of());
  }

  /** The news for an instance that knows the sessions up to a position. */
  public LiveNews after(long position) {
    // A position beyond the newest is one from before a restart: then all sessions are new.
    RecentSessions.News news = sessions.after(position > sessions.added() ? 0 : position);
    return new LiveNews(counters(), news.added(), answers(news.sessions()));
  }

  /** The sessions after a position, and the position after them. */
  RecentSessions.News sessionsAfter(long position) {
    return sessions.after(position);
  }

  static List<SessionAnswer> answers(List<Session> sessions) {
    return sessions.stream().map(SessionAnswer::emitted).toList();
  }
}
