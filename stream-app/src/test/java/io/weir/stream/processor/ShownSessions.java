package io.weir.stream.processor;

import io.weir.contract.avro.Session;

/** Stands in for the stream threads. */
public final class ShownSessions {
  private ShownSessions() {}

  public static void add(RecentSessions sessions, Session session) {
    sessions.add(session);
  }
}
