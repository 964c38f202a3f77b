package io.weir.sink.loop;

/** Thrown when a simulated request gets no answer. */
final class SimFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SimFault(String message) {
    super(message, null, false, false);
  }
}
