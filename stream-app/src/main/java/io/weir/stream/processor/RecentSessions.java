package io.weir.stream.processor;

import io.weir.contract.avro.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The sessions this process emitted last, newest first, for people who watch. */
public final class RecentSessions {
  private final int limit;
  private final Deque<Emitted> sessions = new ArrayDeque<>();

  /** A session with its position among all that were ever added. */
  private record Emitted(long number, Session session) {}

  public RecentSessions(int limit) {
    this.limit = limit;
  }

  private long added;

  synchronized void add(Session session) {
    added++;
    if (sessions.size() == limit) {
      sessions.removeLast();
    }
    sessions.addFirst(new Emitted(added, session));
  }

  /** The visitor is erased; nobody sees the sessions any more. */
  synchronized void forget(String visitor) {
    sessions.removeIf(each -> each.session.getVisitorId().equals(visitor));
  }

  public synchronized List<Session> newest(int most) {
    return sessions.stream().limit(most).map(Emitted::session).toList();
  }

  /** The number of sessions that were ever added. */
  public synchronized long added() {
    return added;
  }

  /**
   * The sessions that were added after a position.
   *
   * @param sessions oldest first, as far as they are still here
   * @param added the position after them: the number of sessions that were ever added
   */
  public record News(List<Session> sessions, long added) {}

  public synchronized News after(long count) {
    var news = new ArrayList<Session>();
    for (Emitted each : sessions) {
      if (each.number <= count) {
        break;
      }
      news.add(each.session);
    }
    return new News(news.reversed(), added);
  }
}
