package io.weir.process;

/** The exit codes of a Weir process, beside 0 for success. */
public final class ExitCodes {
  /** A negative result, or a process that failed under way. */
  public static final int FAILED = 1;

  /** Wrong usage, settings or machine: nothing was done until a person changes one of them. */
  public static final int UNUSABLE = 2;

  /** A signal ended the work before it was complete; shells use the same number for Ctrl-C. */
  public static final int INTERRUPTED = 130;

  private ExitCodes() {}
}
