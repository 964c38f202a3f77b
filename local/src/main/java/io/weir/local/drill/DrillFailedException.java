package io.weir.local.drill;

/** A drill could not be finished, because a process did not come back or the events stopped. */
public class DrillFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DrillFailedException(String message) {
    super(message);
  }

  DrillFailedException(Throwable cause) {
    super(String.valueOf(cause.getMessage()), cause);
  }
}
