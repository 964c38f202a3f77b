package io.weir.tools.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell command of --stream-app: any command that a shell takes, and all of it is ended. */
class OwnStreamAppTest {
  @TempDir Path folder;

  @Test
  void severalCommandsWithVariables_areEndedWithAllTheirProcesses() throws Exception {
    Path mark = folder.resolve("pid");
    String command = "cd " + folder + " && A=1 sh -c 'echo $$ $A $B > new; mv new pid; sleep 300'";
    try (var app = OwnStreamApp.start(command + "; touch after", Map.of("B", "2"))) {
      while (!Files.exists(mark)) {
        app.check();
        Thread.sleep(20);
      }
    }

    String[] found = Files.readString(mark).strip().split(" ");
    assertThat(found).hasSize(3).endsWith("1", "2");
    assertThat(ProcessHandle.of(Long.parseLong(found[0]))).isEmpty();
    assertThat(folder.resolve("after")).doesNotExist();
  }

  @Test
  void endedProcess_isReportedWithItsOutput() throws Exception {
    try (var app = OwnStreamApp.start("echo why; exit 3", Map.of())) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  app.check();
                  Thread.sleep(20);
                }
              })
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("ended with code 3; its output is in ")
          .satisfies(e -> {
            String text = String.valueOf(e.getMessage());
            Path output = Path.of(text.substring(text.lastIndexOf(' ') + 1));
            assertThat(output).hasContent("why");
            Files.delete(output);
          });
    }
  }
}
