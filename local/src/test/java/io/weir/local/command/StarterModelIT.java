package io.weir.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Trains the demo's starter model again, with its three programs, as documented. The sessions are
 * the same; native code does not promise the same bits on every processor, so the figures may
 * differ a little.
 */
@EnabledIf(value = "hasOpenMp", disabledReason = "no OpenMP: apt-get install libgomp1")
class StarterModelIT {
  private static final String COMMAND =
      "train --simulated --events 120000 --seed 1 --until 2026-11-01T00:00:00Z --depth 3"
          + " --cuts 0";
  private static final Path ML_SCORING =
      Path.of(System.getProperty("weir.root", "..")).resolve("ml-scoring");
  private static final Path SHIPPED = ML_SCORING.resolve("src/main/resources/scoring/starter/demo");

  @TempDir private Path folder = Path.of("");

  static boolean hasOpenMp() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
      return folders.anyMatch(place -> Files.exists(place.resolve("libgomp.so.1")));
    }
  }

  @Test
  void documentedCommand_givesTheShippedModel() throws IOException {
    Path models = folder.resolve("models");
    String options = COMMAND.substring("train ".length());

    int code =
        new CommandLine(new TrainCommand())
            .execute((options + " --dir " + folder + " --out " + models).split(" ", -1));

    assertThat(code).isZero();
    assertThat(ML_SCORING.resolve("README.md")).content().contains("./weir " + COMMAND);
    Path trained =
        models.resolve("versions").resolve(Files.readString(models.resolve("champion")).strip());
    JsonNode report = read(trained, "report.json");
    JsonNode shipped = read(SHIPPED, "report.json");
    assertThat(report.path("rows")).isEqualTo(shipped.path("rows"));
    assertThat(auc(report)).isCloseTo(auc(shipped), within(2e-3)).isGreaterThan(0.8);
    assertThat(report.at("/metrics/log_loss").doubleValue())
        .isCloseTo(shipped.at("/metrics/log_loss").doubleValue(), within(2e-3));
    assertThat(report.at("/truth/rows").intValue())
        .isEqualTo(report.at("/rows/test").intValue())
        .isPositive();
    assertThat(report.at("/truth/model/calibration_error").doubleValue()).isLessThan(0.015);
    // The goal is 0.01, which takes more rows; docs/model-truth.md has the figures.
    double gap =
        report.at("/truth/knowable/auc").doubleValue()
            - report.at("/truth/model/auc").doubleValue();
    assertThat(gap).isBetween(0.0, 0.03);
    assertThat(read(trained, "rates.json")).isEqualTo(read(SHIPPED, "rates.json"));
    assertThat(read(trained, "features.json")).isEqualTo(read(SHIPPED, "features.json"));
  }

  private static double auc(JsonNode report) {
    return report.at("/metrics/auc").doubleValue();
  }

  private static JsonNode read(Path folder, String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).toFile());
  }
}
