package io.weir.simulator.publish;

/** The reader of our standard output has closed it: the program ends quietly. */
public final class OutputClosedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutputClosedException(Throwable cause) {
    super("standard output was closed", cause);
  }
}
