package io.weir.local.compare;

import java.time.Instant;

/** One way in which the sessions found are not the sessions expected. */
public sealed interface Difference {
  SessionRow session();

  /** Expected, not found. */
  record Missing(SessionRow session) implements Difference {
    @Override
    public String toString() {
      return "missing    " + text(session);
    }
  }

  /** Found, not expected. */
  record Unexpected(SessionRow session) implements Difference {
    @Override
    public String toString() {
      return "unexpected " + text(session);
    }
  }

  /** Found with another value; {@code session} is the expected one. */
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
