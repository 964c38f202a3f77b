package io.weir.stream.query.live;

/** The listeners of the live stream. */
public interface Audience extends AutoCloseable {
  /**
   * Whether anybody listens. Forgets the listeners that have left.
   *
   * @param now by a clock for durations, in nanoseconds
   */
  boolean isPresent(long now);

  /** Sends an event to every listener. */
  void send(String name, Object data);

  @Override
  void close();
}
