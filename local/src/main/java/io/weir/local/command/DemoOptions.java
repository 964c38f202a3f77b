package io.weir.local.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the traffic of the demo. */
final class DemoOptions {
  private static final String ANY_AGE = "36500d";
  private static final long HISTORY_EVENTS = 50_000;

  @Option(
      names = "--rate",
      defaultValue = "50",
      paramLabel = "N",
      description = "Live events per second (default ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--history-events",
      paramLabel = "N",
      description =
          "Events of the past 24 hours, played at once (default "
              + HISTORY_EVENTS
              + "; 0 when an earlier run played them).")
  private @Nullable Long historyEvents;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Seed of the simulated visitors (default ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--partitions",
      defaultValue = "4",
      paramLabel = "N",
      description = "Partitions of every topic (default ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--empty",
      description = {
        "No simulated visitors, and events of any age are accepted in any order:",
        "for your own data (./weir ingest)."
      })
  private boolean empty;

  @Option(
      names = "--no-training",
      description = "Keep the model of the start: train no newer one from the lake.")
  private boolean isUntrained;

  @Option(
      names = "--timeout",
      defaultValue = "170",
      paramLabel = "SECONDS",
      description = "Time limit of --until-scored, once all is ready (default ${DEFAULT-VALUE}).")
  private int timeout;

  /** The settings of an empty platform: events of any age count. */
  Map<String, String> settings() {
    return empty
        ? Map.of("WEIR_STREAM_MAX_EVENT_AGE", ANY_AGE, "WEIR_STREAM_ALLOWED_LATENESS", ANY_AGE)
        : Map.of();
  }

  boolean isTrained() {
    return !isUntrained;
  }

  boolean isEmpty() {
    return empty;
  }

  int rate() {
    return rate;
  }

  /**
   * The number of events of history; by default a later start plays none and continues after the
   * existing data.
   */
  long historyEvents(boolean isFirst) {
    if (historyEvents != null) {
      return historyEvents;
    }
    return isFirst ? HISTORY_EVENTS : 0;
  }

  long seed() {
    return seed;
  }

  int partitions() {
    return partitions;
  }

  int timeout() {
    return timeout;
  }
}
