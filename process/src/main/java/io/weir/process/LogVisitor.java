package io.weir.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The visitor in a line of the log about one record: a hash under the key of {@code
 * WEIR_LOG_VISITOR_KEY}, and nothing without that. A process has one log, so it has one key.
 */
public final class LogVisitor {
  private static final String SETTING = "log.visitor-key";
  private static final String FIELD = "visitor";
  private static final int LEAST = 32;

  private static volatile @Nullable VisitorHash hash;

  private LogVisitor() {}

  /** Takes the key from the settings, or forgets the one before. */
  static void use(Settings settings) {
    Optional<String> key = settings.secret(SETTING);
    if (key.isPresent() && key.get().length() < LEAST) {
      throw new StartupException(
          Settings.variable(SETTING)
              + " is short enough to be guessed; it needs "
              + LEAST
              + " characters or more, for example from: openssl rand -hex 32");
    }
    hash = key.map(VisitorHash::new).orElse(null);
  }

  /**
   * Adds the visitor's hash to a line, for a log that writes it as a field of its own.
   *
   * @param visitor the key of the record: a string or its bytes; null gives no field
   */
  public static LoggingEventBuilder add(@Nullable Object visitor, LoggingEventBuilder line) {
    VisitorHash by = hash;
    if (by == null) {
      return line;
    }
    return switch (visitor) {
      case byte[] bytes -> line.addKeyValue(FIELD, by.of(bytes));
      case String text -> line.addKeyValue(FIELD, by.of(text.getBytes(UTF_8)));
      case null, default -> line;
    };
  }
}
