package io.weir.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.process.ProcessCommand;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LeftOversTest {
  @TempDir Path folder = Path.of("");

  @Test
  void processThatIsNoService_isFoundAndEnded() throws IOException, InterruptedException {
    var home = new Home(folder);
    Process sleeper = new ProcessBuilder("sleep", "60").start();
    try {
      home.pidFile("mlflow").write(sleeper.pid(), "sleep 60");

      assertThat(LeftOvers.in(home)).extracting(LeftOvers.LeftOver::name).containsExactly("mlflow");
      assertThat(LeftOvers.end(home, _ -> {})).isEmpty();

      sleeper.waitFor();
      assertThat(home.pidFile("mlflow").path()).doesNotExist();
    } finally {
      sleeper.destroyForcibly();
    }
  }

  @Test
  @Timeout(20)
  void processWhoseLauncherLives_isNotLeftOver() throws IOException {
    var home = new Home(folder);
    String likeLauncher = "sleep 60 & echo $!; wait; : io.weir.local.Main";
    Process launcher = new ProcessBuilder("sh", "-c", likeLauncher).start();
    long pid = Long.parseLong(launcher.inputReader().readLine());
    try {
      while (!ProcessCommand.of(pid).equals("sleep 60")) {
        Thread.onSpinWait(); // the shell has its number before it has become another program
      }
      home.pidFile("train-model").write(pid, "sleep 60");

      assertThat(LeftOvers.in(home)).isEmpty();
      home.pidFile("simulator").write(pid, "sleep 60");
      assertThat(LeftOvers.in(home))
          .extracting(LeftOvers.LeftOver::name)
          .containsExactly("simulator");
    } finally {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      launcher.destroyForcibly();
    }
  }
}
