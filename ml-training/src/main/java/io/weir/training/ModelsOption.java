package io.weir.training;

import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Option;

/** The folder of models, for the commands that look at models. */
final class ModelsOption {
  @Option(
      names = "--models",
      required = true,
      paramLabel = "FOLDER",
      description = "Of the scorer's models.")
  private Path folder = Path.of("");

  ModelFolder ofSessions(Clock clock) {
    return new ModelFolder(folder, clock);
  }

  ModelFolder ofClicks(Clock clock) {
    return ModelFolder.ofClicks(folder, clock);
  }

  ModelFolder ofReturns(Clock clock) {
    return ModelFolder.ofReturns(folder, clock);
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
