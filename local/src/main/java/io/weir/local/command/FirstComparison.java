package io.weir.local.command;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Platform;
import io.weir.local.platform.Service;
import io.weir.local.platform.TrainingProgram;
import io.weir.local.process.ChildProcess;
import io.weir.local.process.ProcessSpec;
import io.weir.local.terminal.Display;
import java.util.List;
import java.util.Optional;

/**
 * Compares what models have scored with their training, as {@code ./weir drift} does, once while
 * the demo runs: the screen of the models shows nothing of it before. Who wants it again runs the
 * command.
 */
final class FirstComparison {
  private static final List<String> LOWEST_PRIORITY = List.of("nice", "-n", "19");

  private final Platform platform;
  private final Display display;
  private boolean isBegun;
  private Optional<ChildProcess> comparison = Optional.empty();

  FirstComparison(Platform platform, Display display) {
    this.platform = platform;
    this.display = display;
  }

  /**
   * Begins, or reports the end, when it is time.
   *
   * @param isTime whether the history has been scored, and no training needs the processors
   */
  void step(boolean isTime) {
    if (isTime && !isBegun) {
      isBegun = true;
      comparison = Optional.of(platform.start(program()));
    }
    comparison.filter(process -> !process.isAlive()).ifPresent(this::report);
  }

  private void report(ChildProcess ended) {
    comparison = Optional.empty();
    platform.forget(ended);
    Catalogue catalogue = platform.catalogue();
    display.line(
        ended.exitCode() == 0
            ? "models compared with their training: "
                + catalogue.address(Service.STREAM)
                + "/#/models"
            : "models not compared with their training, which ./weir drift does: "
                + String.join(" ", ended.log().tail(1)));
  }

  private ProcessSpec program() {
    Catalogue catalogue = platform.catalogue();
    var program = new TrainingProgram(catalogue.checkout(), catalogue.home());
    return program
        .spec(List.of("drift", "--models=" + catalogue.home().model()), catalogue.clientSettings())
        .withPrefix(LOWEST_PRIORITY)
        .withName("drift");
  }
}
