package io.weir.stream.processor;

/** How many records of a partition the consumer still has to read; 0 when it knows of none. */
@FunctionalInterface
public interface LagProbe {
  long lag(int partition);
}
