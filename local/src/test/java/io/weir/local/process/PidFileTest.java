package io.weir.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
  @TempDir private Path folder = Path.of("");
  private PidFile file = new PidFile(Path.of(""));

  @BeforeEach
  void newFile() {
    file = new PidFile(folder.resolve("run/broker.pid"));
  }

  @Test
  void absent_nothingRuns() {
    assertThat(file.running()).isEmpty();
  }

  @Test
  void recordedProcess_isRecognisedByItsMark() throws IOException, InterruptedException {
    Process sleeper = new ProcessBuilder("sleep", "60").start();
    try {
      file.write(sleeper.pid(), "sleep 60");

      assertThat(file.running()).map(ProcessHandle::pid).contains(sleeper.pid());
    } finally {
      sleeper.destroyForcibly().waitFor();
    }
    assertThat(file.running()).isEmpty();
  }

  @Test
  void numberReusedByAnotherProgram_isNotOurs() {
    file.write(ProcessHandle.current().pid(), "-Dweir.service=never-on-this-command-line");

    assertThat(file.running()).isEmpty();
  }

  @Test
  void restarts_areThoseOfTheLastStart() {
    assertThat(file.restarts()).isZero();
    file.write(1, "x");
    assertThat(file.restarts()).isZero();
    file.write(2, "x", 3);
    assertThat(file.restarts()).isEqualTo(3);
  }

  @Test
  void damagedFile_nothingRuns() throws IOException {
    Files.createDirectories(folder.resolve("run"));
    Files.writeString(file.path(), "not a number\nmark\n");

    assertThat(file.running()).isEmpty();
  }

  @Test
  void delete_twice_isFine() {
    file.write(1, "x");

    file.delete();
    file.delete();

    assertThat(file.path()).doesNotExist();
  }
}
