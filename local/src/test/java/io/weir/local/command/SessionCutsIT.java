package io.weir.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Trains on prefixes of simulated sessions. The trainer cuts a session only if its own fold of the
 * events gives the features of stream-app's record.
 */
@EnabledIf(
    value = "io.weir.local.command.StarterModelIT#hasOpenMp",
    disabledReason = "no OpenMP: apt-get install libgomp1")
class SessionCutsIT {
  @TempDir private Path folder = Path.of("");

  @Test
  void trainersFold_givesTheFeaturesOfTheStream() throws IOException {
    Path models = folder.resolve("models");
    String options =
        "--simulated --events 30000 --seed 1 --until 2026-11-01T00:00:00Z --depth 3 --cuts 2";

    int code =
        new CommandLine(new TrainCommand())
            .execute((options + " --dir " + folder + " --out " + models).split(" ", -1));

    assertThat(code).isZero();
    String version = Files.readString(models.resolve("champion")).strip();
    JsonNode report =
        new ObjectMapper()
            .readTree(models.resolve("versions").resolve(version).resolve("report.json").toFile());
    JsonNode cuts = report.at("/source/cuts");
    assertThat(cuts.path("sessions").intValue()).isGreaterThan(5_000);
    assertThat(cuts.path("without_events").intValue()).isZero();
    int whole = 2 * report.at("/rows/test").intValue();
    assertThat(report.at("/open/rows").intValue()).isBetween(whole - 2, whole);
    assertThat(report.at("/open/auc").doubleValue()).isGreaterThan(0.6);
    assertThat(report.at("/recipe/cuts").intValue()).isEqualTo(2);
  }
}
