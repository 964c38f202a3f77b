package io.weir.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** The stages of {@code .ci/run}. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class StagesTest {
  private static final Path STAGES = Path.of("..", ".ci", "stages").toAbsolutePath().normalize();

  @TempDir private Path folder = Path.of("");

  private Process run(String commands) throws IOException {
    String script =
        """
        set -euo pipefail
        begin=$SECONDS hard_limit=100
        source "$0"
        end_with_stages
        """;
    return new ProcessBuilder("bash", "-c", script + commands, STAGES.toString())
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }

  /** A command that notes its process, and sleeps. */
  private static String sleep(String name) {
    return "bash -c 'echo $$ >%1$s.new && mv %1$s.new %1$s && exec sleep 600'\n".formatted(name);
  }

  private ProcessHandle noted(String name) throws IOException, InterruptedException {
    Path file = folder.resolve(name);
    while (!Files.exists(file)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).orElseThrow();
  }

  @Test
  void signal_endsTheStageInFrontAndTheOneBeside() throws IOException, InterruptedException {
    Process run = run("begin_beside beside " + sleep("beside") + "stage front " + sleep("front"));
    ProcessHandle beside = noted("beside");
    ProcessHandle front = noted("front");

    run.destroy();

    assertThat(run.waitFor()).isEqualTo(143);
    assertThat(beside.isAlive()).isFalse();
    assertThat(front.isAlive()).isFalse();
  }

  @Test
  void failure_endsTheStageBeside() throws IOException, InterruptedException {
    Process run =
        run(
            "begin_beside beside "
                + sleep("beside")
                + "while [[ ! -e beside ]]; do sleep 0.1; done\n"
                + "stage front bash -c 'exit 7'\n");
    ProcessHandle beside = noted("beside");

    assertThat(run.waitFor()).isEqualTo(7);
    assertThat(beside.isAlive()).isFalse();
  }

  @Test
  void stageBesideThatFails_isShownAndFails() throws IOException, InterruptedException {
    Process run =
        run("begin_beside beside bash -c 'echo wrong; exit 5'\nstage front true\nend_beside\n");

    assertThat(run.waitFor()).isEqualTo(5);
    assertThat(folder.resolve("output"))
        .content()
        .contains("== front: exit code 0", "wrong", "== beside: exit code 5");
  }

  @Test
  void stages_thatPass_pass() throws IOException, InterruptedException {
    Process run = run("begin_beside beside true\nstage front true\nend_beside\n");

    assertThat(run.waitFor()).isZero();
  }
}
