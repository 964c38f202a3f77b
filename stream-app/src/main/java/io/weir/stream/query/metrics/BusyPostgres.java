package io.weir.stream.query.metrics;

/** PostgreSQL has too many questions of this instance at once; the same question is right later. */
public final class BusyPostgres extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BusyPostgres(String message) {
    super(message);
  }
}
