package io.weir.stream.query.metrics;

import java.sql.SQLException;

/** PostgreSQL, which alone has the answer, does not give it; the message names what to change. */
public final class NoSessionRows extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NoSessionRows(String message) {
    super(message);
  }

  NoSessionRows(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether PostgreSQL took too long for this one question. */
  public boolean isTooLong() {
    return getCause() instanceof SQLException e && SessionDatabase.CANCELED.equals(e.getSQLState());
  }
}
