package io.weir.stream.processor;

import java.util.OptionalLong;

/** How many records of a partition the consumer still has to read; empty until it knows. */
@FunctionalInterface
public interface LagProbe {
  OptionalLong lag(int partition);
}
