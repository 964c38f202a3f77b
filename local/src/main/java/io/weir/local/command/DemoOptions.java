package io.weir.local.command;

import io.weir.local.platform.MlflowProgram;
import io.weir.local.process.Port;
import io.weir.process.StartupException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
      names = "--mlflow",
      description = "Start an MLflow server too, which registers the models; needs Python 3.10.")
  private boolean hasMlflow;

  @Option(
      names = "--mlflow-port",
      defaultValue = "8190",
      paramLabel = "N",
      description = "MLflow (default ${DEFAULT-VALUE}).")
  private int mlflowPort;

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

  /** Settings of an empty platform, where events of any age count, and of one with MLflow. */
  Map<String, String> settings() {
    var settings = new HashMap<String, String>();
    if (empty) {
      settings.put("WEIR_STREAM_MAX_EVENT_AGE", ANY_AGE);
      settings.put("WEIR_STREAM_ALLOWED_LATENESS", ANY_AGE);
    }
    if (hasMlflow) {
      settings.put("WEIR_SCORING_MLFLOW_URL", DemoMlflow.url(mlflowPort));
    }
    return settings;
  }

  /** The port of MLflow, if one is wanted; fails if this machine cannot have it. */
  Optional<Integer> mlflowPort() {
    if (!hasMlflow) {
      return Optional.empty();
    }
    if (!MlflowProgram.isPossible()) {
      throw new StartupException(
          "--mlflow needs Python 3.10 or newer with virtual environments:"
              + " apt-get install python3-venv");
    }
    if (Port.isTaken(mlflowPort)) {
      throw new StartupException(
          "port " + mlflowPort + " is taken; choose another with --mlflow-port");
    }
    return Optional.of(mlflowPort);
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
