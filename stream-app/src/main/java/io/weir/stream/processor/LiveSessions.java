package io.weir.stream.processor;

import io.weir.contract.avro.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The sessions this process emitted last, newest first, for people who watch. */
public final class LiveSessions {
  private final int limit;
  private final Deque<Session> sessions = new ArrayDeque<>();

  public LiveSessions(int limit) {
    this.limit = limit;
  }

  synchronized void add(Session session) {
    if (sessions.size() == limit) {
      sessions.removeLast();
    }
    sessions.addFirst(session);
  }

  public synchronized List<Session> newest() {
    return new ArrayList<>(sessions);
  }
}
