package io.weir.local.platform;

import io.weir.local.process.ChildProcess;

/**
 * A process ended, or did not become ready. The message shows its last log lines and the path of
 * the log.
 */
public class ServiceFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LOG_LINES = 15;

  private ServiceFailedException(String message) {
    super(message);
  }

  public static ServiceFailedException of(ChildProcess process, String what) {
    var message = new StringBuilder(process.name() + " " + what + "; its last log lines:");
    for (String line : process.log().tail(LOG_LINES)) {
      message.append(System.lineSeparator()).append("  | ").append(line);
    }
    message.append(System.lineSeparator()).append("the whole log: ").append(process.log().path());
    return new ServiceFailedException(message.toString());
  }
}
