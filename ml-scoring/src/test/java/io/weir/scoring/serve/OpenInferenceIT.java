package io.weir.scoring.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.weir.scoring.fixture.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client of the Open Inference Protocol that others wrote. */
@Timeout(300)
class OpenInferenceIT {
  private static final Path SCRIPT = Path.of("src/test/inference/check").toAbsolutePath();
  private static final int CANNOT = 3;

  @TempDir Path folder = Path.of("");

  @Test
  void pythonClient_findsTheModelAndItsScores() throws Exception {
    TestModels.save(folder, TestModels.stump(-1, 1));
    String given = System.getenv("WEIR_INFERENCE_ENV");
    Path environment =
        given == null ? Path.of("target/inference-environment").toAbsolutePath() : Path.of(given);
    Path log = folder.resolve("check.log");
    try (var server = new InferenceServer(folder)) {
      Process check =
          new ProcessBuilder(SCRIPT.toString(), environment.toString(), server.address())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();

      int exit = check.waitFor();
      if (exit == CANNOT) {
        System.err.println("skipped: no virtual environment of Python with tritonclient");
      }
      assumeThat(exit).as("no Python environment").isNotEqualTo(CANNOT);
      assertThat(exit).as(Files.readString(log)).isZero();
      assertThat(log).content().contains("1000 rows");
    }
  }
}
