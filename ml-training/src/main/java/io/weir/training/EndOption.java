package io.weir.training;

import io.weir.process.StartupException;
import io.weir.process.TimeText;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The end of a range of times, which begins with the option {@code --from}. */
final class EndOption {
  @Option(names = "--to", paramLabel = "TIME", description = "What began before (default: now).")
  private @Nullable String to;

  /** The times from the begin on, before the end. */
  record Span(Instant begin, Instant end) {}

  Span since(String from, Clock clock) {
    Instant begin = TimeText.parse("--from", from, clock);
    Instant end = to == null ? clock.instant() : TimeText.parse("--to", to, clock);
    if (!begin.isBefore(end)) {
      throw new StartupException("--from is not before --to");
    }
    return new Span(begin, end);
  }
}
