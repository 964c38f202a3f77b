package io.weir.process;

import java.util.List;

/** The form of the log's lines. The log is set up before settings are read, so this only checks. */
public final class LogFormat {
  private static final String NAME = "log.format";
  private static final List<String> KNOWN = List.of("text", "json");

  private LogFormat() {}

  /** Fails if no log has the form that {@code WEIR_LOG_FORMAT} says. */
  public static void require(Settings settings) {
    String format = settings.text(NAME, KNOWN.getFirst());
    if (!KNOWN.contains(format)) {
      throw new StartupException(
          Settings.variable(NAME)
              + "="
              + format
              + " is none of "
              + String.join(", ", KNOWN)
              + "; until it is, nothing is logged");
    }
  }
}
