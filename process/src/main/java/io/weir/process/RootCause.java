package io.weir.process;

/** The exception at the bottom of a chain of causes. An operator can act on its message. */
public final class RootCause {
  private RootCause() {}

  public static Throwable of(Throwable failure) {
    Throwable cause = failure;
    for (Throwable next = cause.getCause(); next != null; next = cause.getCause()) {
      cause = next;
    }
    return cause;
  }
}
