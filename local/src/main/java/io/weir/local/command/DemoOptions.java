package io.weir.local.command;

import java.util.Map;
import picocli.CommandLine.Option;

/** How the demo's visitors behave. */
final class DemoOptions {
  private static final String ANY_AGE = "36500d";

  @Option(
      names = "--rate",
      defaultValue = "50",
      paramLabel = "N",
      description = "Live events per second (default ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--history-events",
      defaultValue = "50000",
      paramLabel = "N",
      description = "Events of the past 24 hours, played at once (default ${DEFAULT-VALUE}).")
  private long historyEvents;

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
        "No simulated visitors, and events of any age are taken in any order:",
        "for your own data (./weir ingest)."
      })
  private boolean empty;

  @Option(
      names = "--timeout",
      defaultValue = "170",
      paramLabel = "SECONDS",
      description = "Patience of --until-scored, from the start (default ${DEFAULT-VALUE}).")
  private int timeout;

  /** What the services of an empty platform are told: history is as good as today. */
  Map<String, String> settings() {
    return empty
        ? Map.of("WEIR_STREAM_MAX_EVENT_AGE", ANY_AGE, "WEIR_STREAM_ALLOWED_LATENESS", ANY_AGE)
        : Map.of();
  }

  boolean isEmpty() {
    return empty;
  }

  int rate() {
    return rate;
  }

  long historyEvents() {
    return historyEvents;
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
