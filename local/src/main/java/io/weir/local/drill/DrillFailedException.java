package io.weir.local.drill;

import org.jspecify.annotations.Nullable;

/** A drill could not be finished, because a process did not come back or the events stopped. */
public class DrillFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DrillFailedException(String message) {
    super(message);
  }

  DrillFailedException(@Nullable Throwable cause) {
    super(cause == null ? "for an unknown reason" : String.valueOf(cause.getMessage()), cause);
  }
}
