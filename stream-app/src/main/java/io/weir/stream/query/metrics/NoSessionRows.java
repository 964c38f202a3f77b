package io.weir.stream.query.metrics;

/** PostgreSQL, which alone has the answer, does not give it; the message names what to change. */
public final class NoSessionRows extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NoSessionRows(String message) {
    super(message);
  }

  NoSessionRows(String message, Throwable cause) {
    super(message, cause);
  }
}
