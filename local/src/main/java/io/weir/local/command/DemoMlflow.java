package io.weir.local.command;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Home;
import io.weir.local.platform.MlflowProgram;
import io.weir.local.platform.Platform;
import io.weir.local.platform.RunFile;
import io.weir.local.process.ChildProcess;
import io.weir.local.process.HttpAnswer;
import io.weir.local.terminal.Display;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The MLflow server of a demo. The first time it takes minutes until it answers. */
final class DemoMlflow {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int HEALTHY = 200;

  private final String url;
  private final Display display;
  private final ChildProcess process;
  private State state = State.STARTING;

  private enum State {
    STARTING,
    READY,
    GONE
  }

  private DemoMlflow(String url, Display display, ChildProcess process) {
    this.url = url;
    this.display = display;
    this.process = process;
  }

  static DemoMlflow start(Platform platform, Display display, int port) {
    Catalogue catalogue = platform.catalogue();
    var program = new MlflowProgram(catalogue.checkout(), catalogue.home());
    ChildProcess process = platform.start(program.spec(port));
    display.line("MLflow starts; the first time it installs itself, which takes minutes");
    return new DemoMlflow(url(port), display, process);
  }

  static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  String url() {
    return url;
  }

  /** Looks at the server and says so when it answers, or has ended. */
  void step() {
    if (state != State.GONE && !process.isAlive()) {
      state = State.GONE;
      display.line("  !!  MLflow " + process.ending() + ": " + String.join(" ", lastLine()));
    } else if (state == State.STARTING && answers(url)) {
      state = State.READY;
      display.line("MLflow, with each training and the model in use: " + url);
    }
  }

  boolean isStarting() {
    return state == State.STARTING;
  }

  boolean isReady() {
    return state == State.READY;
  }

  private Iterable<String> lastLine() {
    return process.log().tail(1);
  }

  /**
   * The server of the demo that runs in that folder. It decides which model is served, so a
   * training that does not register its model there would change nothing.
   */
  static Optional<String> running(Home home) {
    return RunFile.read(home.runFile())
        .filter(_ -> home.pidFile(MlflowProgram.NAME).running().isPresent())
        .flatMap(RunFile::mlflowPort)
        .map(DemoMlflow::url)
        .filter(DemoMlflow::answers);
  }

  private static boolean answers(String url) {
    try {
      return HttpAnswer.of(URI.create(url + "/health"), PATIENCE).status() == HEALTHY;
    } catch (IOException e) {
      return false;
    }
  }
}
