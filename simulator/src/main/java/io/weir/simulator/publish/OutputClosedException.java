package io.weir.simulator.publish;

/** Whoever reads our standard output has seen enough: end quietly. */
public final class OutputClosedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutputClosedException(Throwable cause) {
    super("standard output was closed", cause);
  }
}
