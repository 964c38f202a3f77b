package io.weir.stream.processor;

import java.util.OptionalLong;

/** The number of records of a partition still to be read; empty until the consumer knows. */
@FunctionalInterface
public interface LagProbe {
  OptionalLong lag(int partition);
}
