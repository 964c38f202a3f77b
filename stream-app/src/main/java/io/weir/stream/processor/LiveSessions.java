package io.weir.stream.processor;

import io.weir.contract.avro.Session;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The sessions this process emitted last, newest first, for people who watch. */
public final class LiveSessions {
  private final int limit;
  private final Deque<Session> sessions = new ArrayDeque<>();

  public LiveSessions(int limit) {
    this.limit = limit;
  }

  private long added;

  synchronized void add(Session session) {
    added++;
    if (sessions.size() == limit) {
      sessions.removeLast();
    }
    sessions.addFirst(session);
  }

  public synchronized List<Session> newest(int most) {
    return sessions.stream().limit(most).toList();
  }

  /** How many were ever added. */
  public synchronized long added() {
    return added;
  }

  /**
   * What was added after so many.
   *
   * @param sessions oldest first, as far as they are still here
   * @param added how many were ever added, these included
   */
  public record News(List<Session> sessions, long added) {}

  public synchronized News after(long count) {
    long news = Math.min(added - count, sessions.size());
    return new News(newest((int) Math.max(0, news)).reversed(), added);
  }
}
