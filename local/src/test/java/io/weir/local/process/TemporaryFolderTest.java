package io.weir.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
  @TempDir private Path folder = Path.of("");

  /** Prints its temporary folder and leaves a file in it, as a killed process does. */
  static final class Unpacking {
    private Unpacking() {}

    public static void main(String[] arguments) throws IOException {
      System.out.println(Files.createTempFile("lib", ".so").getParent());
    }
  }

  private ProcessSpec unpacking() {
    return new ProcessSpec(
        List.of(),
        "native",
        folder,
        List.of("-XX:TieredStopAtLevel=1"),
        System.getProperty("java.class.path"),
        Unpacking.class.getName(),
        List.of(),
        Map.of());
  }

  private ChildProcess run() {
    var log = new LogFile(folder.resolve("logs/native.log"));
    var process = ChildProcess.start(unpacking(), log, new PidFile(folder.resolve("native.pid")));
    process.onExit().join();
    assertThat(process.exitCode()).as(log.tail(5).toString()).isZero();
    return process;
  }

  @Test
  void service_hasItsOwn_sweptAtTheNextStart() {
    Path own = folder.resolve("run/tmp/native");

    assertThat(run().log().tail(1)).containsExactly(own.toString());
    run();

    assertThat(own).isDirectoryContaining("glob:**.so");
    assertThat(own.toFile().list()).hasSize(1);
  }

  @Test
  void command_hasOneOfItsOwn_deletedAtTheEnd() throws InterruptedException {
    Captured result = Captured.of(unpacking(), new LogFile(folder.resolve("logs/native.log")));

    assertThat(result.exitCode()).isZero();
    assertThat(result.output()).contains("weir-native");
    assertThat(Path.of(result.output().strip())).doesNotExist();
  }

  @Test
  void folderThatCannotBeMade_isOneLineWithTheSetting() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> TemporaryFolder.swept(file.resolve("tmp")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("--dir");
  }
}
