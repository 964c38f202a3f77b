package io.weir.stream.processor;

import io.weir.contract.avro.Session;

/** Adds recent sessions, which only the stream threads do in the service. */
public final class ShownSessions {
  private ShownSessions() {}

  public static void add(RecentSessions sessions, Session session) {
    sessions.add(session);
  }
}
