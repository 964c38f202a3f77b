package io.weir.stream.query.metrics;

/** Partitions are moving between instances, so their cells cannot be added up now. */
public final class MovingPartitions extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MovingPartitions(String message) {
    super(message);
  }
}
