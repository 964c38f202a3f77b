package io.weir.local.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmasterTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void serverOfThisFolderAndSecond_runs() throws Exception {
    assertThat(running(folder.toString(), 0)).isPresent();
    assertThat(running(folder.resolve("../" + folder.getFileName()).toString(), 1)).isPresent();
  }

  @Test
  void serverThatBeganAtAnotherTime_hasTheNumberOfADeadOne() throws Exception {
    assertThat(running(folder.toString(), -60)).isEmpty();
    assertThat(running(folder.toString(), 60)).isEmpty();
  }

  @Test
  void serverOfAnotherFolder_isNotOurs() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));

    assertThat(running(other.toString(), 0)).isEmpty();
    assertThat(running(folder.resolve("gone").toString(), 0)).isEmpty();
  }

  @Test
  void fileWithoutTheSecond_isBelieved() throws Exception {
    assertThat(runningOn(pid -> List.of(pid, folder.toString()))).isPresent();
  }

  private Optional<ProcessHandle> running(String data, long later)
      throws IOException, InterruptedException {
    return runningOn(
        pid -> List.of(pid, data, Long.toString(Instant.now().getEpochSecond() + later), "5432"));
  }

  /** The answer while a program of that name runs, with what the file says about it. */
  private Optional<ProcessHandle> runningOn(Lines lines) throws IOException, InterruptedException {
    Path program = folder.resolve("postgres");
    Files.copy(Path.of("/bin/sleep").toRealPath(), program, StandardCopyOption.REPLACE_EXISTING);
    Process server = new ProcessBuilder(program.toString(), "60").start();
    try {
      Files.write(folder.resolve("postmaster.pid"), lines.of(Long.toString(server.pid())));
      return new Postmaster(folder).running();
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  private interface Lines {
    List<String> of(String pid);
  }
}
