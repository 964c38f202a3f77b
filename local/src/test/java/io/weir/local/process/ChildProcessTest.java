package io.weir.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  private static final long PATIENCE = Duration.ofSeconds(10).toNanos();

  @TempDir private Path folder = Path.of("");

  @Test
  void processThatCannotBeRecorded_doesNotStay() throws IOException {
    var spec =
        new ProcessSpec(
            List.of("sh", "-c", "sleep 600", "sh"),
            "sleeper",
            folder,
            List.of(),
            "none",
            "Main",
            List.of(),
            Map.of());
    var pidFile = new PidFile(Files.createDirectory(folder.resolve("sleeper.pid")));
    var log = new LogFile(folder.resolve("sleeper.log"));

    assertThatThrownBy(() -> ChildProcess.start(spec, log, pidFile))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("sleeper cannot be started");

    long deadline = System.nanoTime() + PATIENCE;
    while (runs(spec.mark()) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(10_000_000);
    }
    assertThat(runs(spec.mark())).isFalse();
  }

  private static boolean runs(String mark) {
    return ProcessHandle.current()
        .children()
        .anyMatch(child -> ProcessCommand.of(child.pid()).contains(mark));
  }
}
