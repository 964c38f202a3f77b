package io.weir.local.drill;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a process said last: its last line that is no frame of a stack trace. */
final class LastWords {
  private LastWords() {}

  /** The line of the log that says most; empty if there is none. */
  static String of(List<String> log) {
    return last(log, line -> !isFrame(line) && !line.startsWith("Caused by"))
        .or(() -> last(log, line -> !isFrame(line)))
        .or(() -> last(log, _ -> true))
        .orElse("");
  }

  private static Optional<String> last(List<String> log, Predicate<String> isWanted) {
    return log.reversed().stream().filter(line -> !line.isBlank()).filter(isWanted).findFirst();
  }

  private static boolean isFrame(String line) {
    String text = line.strip();
    return line.startsWith("\t") || text.startsWith("at ") || text.startsWith("...");
  }
}
