package io.weir.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Trains the demo's starter model again, with its three programs, as documented. */
class StarterModelIT {
  private static final String COMMAND =
      "train --events 120000 --seed 1 --until 2026-11-01T00:00:00Z --depth 3";
  private static final String VERSION = "weir_version";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ML_SCORING =
      Path.of(System.getProperty("weir.root", "..")).resolve("ml-scoring");
  private static final Path SHIPPED = ML_SCORING.resolve("src/main/resources/scoring/starter/demo");

  @TempDir private Path folder = Path.of("");

  @Test
  void documentedCommand_givesTheShippedModel_bitByBit() throws IOException {
    Path trained = folder.resolve("trained");
    String options = COMMAND.substring("train ".length());

    int code =
        new CommandLine(new DemoTrainCommand())
            .execute((options + " --dir " + folder + " --out " + trained).split(" ", -1));

    assertThat(code).isZero();
    assertThat(ML_SCORING.resolve("README.md")).content().contains("./weir " + COMMAND);
    assertThat(version(trained).split("-", 2)[1]).isEqualTo(version(SHIPPED).split("-", 2)[1]);
    assertThat(withoutVersion(trained)).isEqualTo(withoutVersion(SHIPPED));
    assertThat(judgement(trained)).isEqualTo(judgement(SHIPPED));
  }

  private static JsonNode read(Path folder, String name) throws IOException {
    return JSON.readTree(Files.readAllBytes(folder.resolve(name)));
  }

  private static String version(Path folder) throws IOException {
    return read(folder, "model.json").at("/learner/attributes/" + VERSION).asText();
  }

  /** All trees without the version, which holds the time of the training and differs. */
  private static JsonNode withoutVersion(Path folder) throws IOException {
    JsonNode model = read(folder, "model.json");
    ((ObjectNode) model.at("/learner/attributes")).remove(VERSION);
    return model;
  }

  /** AUC, log loss, and the mean score and size of each tenth of the held-out sessions. */
  private static JsonNode judgement(Path folder) throws IOException {
    JsonNode card = read(folder, "card.json");
    assertThat(card.at("/metrics/auc").asDouble()).isGreaterThan(0.84);
    assertThat(card.at("/metrics/rows").asInt()).isGreaterThan(4_000);
    return JSON.createObjectNode()
        .<ObjectNode>set("metrics", card.path("metrics"))
        .set("rows", card.path("rows"));
  }
}
