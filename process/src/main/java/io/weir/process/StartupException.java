package io.weir.process;

/**
 * The service cannot start or go on as it is configured. The message is one line for the operator:
 * what is wrong and which setting to change; it is printed without a stack trace.
 */
public class StartupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartupException(String message) {
    super(message);
  }

  public StartupException(String message, Throwable cause) {
    super(message, cause);
  }
}
