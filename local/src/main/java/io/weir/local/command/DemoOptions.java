package io.weir.local.command;

import picocli.CommandLine.Option;

/** How the demo's visitors behave. */
final class DemoOptions {
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
      names = "--timeout",
      defaultValue = "170",
      paramLabel = "SECONDS",
      description = "Patience of --until-scored once all is ready (default ${DEFAULT-VALUE}).")
  private int timeout;

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
