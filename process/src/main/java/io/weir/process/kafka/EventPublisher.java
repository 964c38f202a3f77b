package io.weir.process.kafka;

import org.jspecify.annotations.Nullable;

/** A target of raw events. It blocks while the target is slower than the source. */
public interface EventPublisher extends AutoCloseable {

  /**
   * Sends the first {@code length} bytes of the value; the caller may reuse the array afterwards.
   */
  void publish(byte @Nullable [] key, byte[] value, int length);

  /** Makes the records sent so far visible to readers; called when nothing is due. */
  void idle();

  /** Returns when the target has stored everything that was published so far. */
  void flush();

  /** The number of partitions of the raw topic. */
  int partitions();

  /** Returns when the target has stored everything. May be called twice. */
  @Override
  void close();
}
