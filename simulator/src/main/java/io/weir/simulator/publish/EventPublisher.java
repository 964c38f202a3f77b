package io.weir.simulator.publish;

import org.jspecify.annotations.Nullable;

/** Where records go. Blocks when the target is slower than the traffic. */
public interface EventPublisher extends AutoCloseable {
  /** Sends the first {@code length} bytes of the value; the array is the caller's again after. */
  void publish(byte @Nullable [] key, byte[] value, int length);

  /** Nothing is due for the moment: lets readers see what was sent so far. */
  void idle();

  /** How many partitions the raw topic has. */
  int partitions();

  /** Returns when everything is safely with the target. May be called twice. */
  @Override
  void close();
}
