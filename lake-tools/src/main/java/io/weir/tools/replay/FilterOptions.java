package io.weir.tools.replay;

import io.weir.process.TimeText;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select the records of a command. */
final class FilterOptions {
  @Option(
      names = "--reason",
      paramLabel = "CODE",
      description = "only this reason, for example bad_time")
  private @Nullable String reason;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "first append time: 2026-03-01T12:00:00Z, 2026-03-01 (UTC), or 2h for two hours ago")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "appended before this time")
  private @Nullable String until;

  Filter filter(Clock clock) {
    return new Filter(
        Optional.ofNullable(reason),
        Optional.ofNullable(since).map(text -> TimeText.parse("--since", text, clock)),
        Optional.ofNullable(until).map(text -> TimeText.parse("--until", text, clock)));
  }
}
