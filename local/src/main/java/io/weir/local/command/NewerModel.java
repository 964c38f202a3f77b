package io.weir.local.command;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.DemoTraining;
import io.weir.local.platform.Platform;
import io.weir.local.platform.TrainingProgram;
import io.weir.local.process.ChildProcess;
import io.weir.local.process.ProcessSpec;
import io.weir.local.terminal.Display;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Trains a model on the sessions in the lake, once, while the demo runs; after a failure it tries
 * once more. {@link TrainingTime} says when.
 */
final class NewerModel {
  private static final int LAST_LINES = 9;
  private static final List<String> LOWEST_PRIORITY = List.of("nice", "-n", "19");

  private final Platform platform;
  private final Display display;
  private final Optional<DemoMlflow> mlflow;
  private Optional<ChildProcess> training = Optional.empty();
  private final TrainingTime time = new TrainingTime();

  /**
   * A training to come.
   *
   * @param mlflow where the model is registered; the training waits until it answers
   */
  NewerModel(Platform platform, Display display, Optional<DemoMlflow> mlflow) {
    this.platform = platform;
    this.display = display;
    this.mlflow = mlflow;
  }

  /** Begins, or reports the end, when it is time. */
  void step(OptionalLong sessions) {
    boolean isWaiting = training.isPresent() || mlflow.filter(DemoMlflow::isStarting).isPresent();
    if (time.isNow(sessions) && !isWaiting) {
      time.begin();
      training = Optional.of(platform.start(program()));
      display.line("trains a newer model on the sessions in the lake");
    }
    training.filter(process -> !process.isAlive()).ifPresent(this::report);
  }

  /** Whether the training has ended, and none follows. */
  boolean isOver() {
    return time.isDone() && training.isEmpty();
  }

  private void report(ChildProcess ended) {
    training = Optional.empty();
    platform.forget(ended);
    List<String> printed = ended.log().tail(LAST_LINES);
    if (ended.exitCode() == 0) {
      display.line("newer model: " + DemoTraining.summary(printed));
      return;
    }
    String next = time.fail() ? " (one more attempt follows)" : "";
    display.line(
        "no newer model, the one of the start stays: " + String.join(" ", last(printed)) + next);
  }

  private static List<String> last(List<String> printed) {
    return printed.isEmpty() ? printed : List.of(printed.getLast());
  }

  private ProcessSpec program() {
    Catalogue catalogue = platform.catalogue();
    var arguments =
        new ArrayList<>(
            List.of("sessions", "--threads=1", "--starter", "--out=" + catalogue.home().model()));
    mlflow.filter(DemoMlflow::isReady).ifPresent(ready -> arguments.add("--mlflow=" + ready.url()));
    var program = new TrainingProgram(catalogue.checkout(), catalogue.home());
    return program.spec(arguments, catalogue.clientSettings()).withPrefix(LOWEST_PRIORITY);
  }
}
