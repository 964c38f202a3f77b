package io.weir.local.compare;

import java.time.Instant;

/** One difference between the found and the expected sessions. */
public sealed interface Difference {
  SessionRow session();

  /** An expected session that was not found. */
  record Missing(SessionRow session) implements Difference {
    @Override
    public String toString() {
      return "missing    " + text(session);
    }
  }

  /** A found session that was not expected. */
  record Unexpected(SessionRow session) implements Difference {
    @Override
    public String toString() {
      return "unexpected " + text(session);
    }
  }

  /** A found session with another value; {@code session} is the expected one. */
  record Different(SessionRow session, String column, String expected, String found)
      implements Difference {
    @Override
    public String toString() {
      return "different  "
          + text(session)
          + ": "
          + column
          + " expected "
          + expected
          + ", found "
          + found;
    }
  }

  private static String text(SessionRow session) {
    return session.visitor()
        + " "
        + Instant.ofEpochMilli(session.start())
        + " to "
        + Instant.ofEpochMilli(session.end())
        + ", "
        + session.values().getOrDefault("events", "?")
        + " events";
  }
}
