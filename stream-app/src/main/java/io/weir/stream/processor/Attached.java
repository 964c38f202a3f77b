package io.weir.stream.processor;

import org.jspecify.annotations.Nullable;

/** What a processor gets with {@code init} and has from then on. */
final class Attached {
  private Attached() {}

  static <T> T to(@Nullable T given) {
    if (given == null) {
      throw new IllegalStateException("the processor was not initialised");
    }
    return given;
  }
}
