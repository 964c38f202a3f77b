package io.weir.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.testkit.ServiceUnderTest;
import io.weir.testkit.ServiceUnderTest.Launch;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator as a process of its own: signals, pipes, exit codes. */
class ProcessIT {
  @TempDir private Path folder = Path.of("");

  private Process start(String... arguments) throws IOException {
    Path log = folder.resolve("stderr");
    var launch = new Launch("io.weir.simulator.Main", "128m", Map.of(), List.of(arguments), log);
    return new ProcessBuilder(ServiceUnderTest.command(launch)).redirectError(log.toFile()).start();
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String stderr() throws IOException {
    return Files.readString(folder.resolve("stderr"));
  }

  @Test
  void live_terminated_writesTheTruthOfWhatWasSentAndEndsWell() throws Exception {
    Path truth = folder.resolve("truth.jsonl");
    Process process =
        start(
            "run",
            "--events",
            "100",
            "--live",
            "--rate",
            "200",
            "--target",
            "stdout",
            "--truth",
            truth.toString(),
            "--json");
    long lines = 0;
    try (BufferedReader out = process.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines++;
        if (lines == 200) {
          process.toHandle().destroy();
        }
      }
    }

    assertThat(exitCode(process)).isZero();
    JsonNode summary = new ObjectMapper().readTree(Files.readAllLines(truth).getFirst());
    assertThat(summary.get("produced").asLong()).isEqualTo(lines).isGreaterThanOrEqualTo(200);
    assertThat(stderr()).contains("\"produced\":" + lines).hasLineCount(1);
  }

  @Test
  void history_terminated_saysThatItIsIncomplete() throws Exception {
    Process process =
        start("run", "--events", "5000000", "--target", "stdout", "--truth", folder + "/truth");
    long lines = 0;
    try (BufferedReader out = process.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines++;
        if (lines == 1) {
          process.toHandle().destroy();
        }
      }
    }

    assertThat(exitCode(process)).isEqualTo(130);
    assertThat(lines).isLessThan(5_000_000);
    assertThat(Files.readAllLines(folder.resolve("truth")).getFirst())
        .contains("\"produced\":" + lines + ",");
  }

  @Test
  void output_closedByItsReader_endsQuietly() throws Exception {
    Process process = start("run", "--events", "200000", "--target", "stdout");
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).startsWith("{");
    }

    assertThat(exitCode(process)).isZero();
    assertThat(stderr()).isEmpty();
  }

  @Test
  void disk_full_isOneLineThatNamesTheOption() throws Exception {
    assertThat(Path.of("/dev/full")).exists();
    Path link = Files.createSymbolicLink(folder.resolve("full.jsonl"), Path.of("/dev/full"));

    Process process = start("run", "--events", "20000", "--target", "file", "--out", link + "");

    assertThat(exitCode(process)).isEqualTo(2);
    assertThat(stderr()).contains("--out " + link, "No space left").hasLineCount(1);
  }

  @Test
  void help_isNoFailure() throws Exception {
    Process process = start("run", "--help");

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).contains("--truth");
    assertThat(exitCode(process)).isZero();
    assertThat(stderr()).isEmpty();
  }
}
