package io.weir.process;

import java.util.List;

/**
 * The form of the log's lines. The log is set up before settings are read, and from the variable as
 * it is written, so this only checks.
 */
final class LogFormat {
  private static final String NAME = "log.format";
  private static final List<String> KNOWN = List.of("text", "json");

  private LogFormat() {}

  /** Fails if no log has the form that {@code WEIR_LOG_FORMAT} says. An empty one is text. */
  static void require(Settings settings) {
    String format = settings.written(NAME).orElse("");
    if (!format.isEmpty() && !KNOWN.contains(format)) {
      throw new StartupException(
          Settings.variable(NAME)
              + "='"
              + format
              + "' is none of "
              + String.join(", ", KNOWN)
              + "; until it is, nothing is logged");
    }
  }
}
