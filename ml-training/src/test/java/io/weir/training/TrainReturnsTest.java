package io.weir.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.contract.avro.ReturnScore;
import io.weir.contract.avro.Session;
import io.weir.model.feature.ReturnFeatures;
import io.weir.model.feature.ReturnSchema;
import io.weir.process.terminal.Terminal;
import io.weir.scoring.processor.ReturnScorer;
import io.weir.scoring.registry.DirectoryRegistry;
import io.weir.scoring.registry.ModelKind;
import io.weir.scoring.registry.ModelSlot;
import io.weir.testkit.TestSessions;
import io.weir.training.returning.PlantedReturns;
import io.weir.training.session.PlantedSessions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf(value = "io.weir.training.NativeXgboost#isThere", disabledReason = "no OpenMP")
class TrainReturnsTest {
  private static final String TIME = "2026-11-01T00:00:00Z";

  @TempDir Path folder = Path.of("");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** From the file of sessions to the score of the service, which is that of ONNX Runtime. */
  @Test
  void plantedReturns_areFound_andServed() throws Exception {
    assertThat(train(PlantedReturns.planted(3_000, new Random(1)))).isZero();

    assertThat(printed()).contains("promoted: there was no champion");
    Path models = folder.resolve("models/p_return_7d");
    String champion = Files.readString(models.resolve("champion")).strip();
    Path version = models.resolve("versions").resolve(champion);
    report(version);
    var slot = ModelSlot.champion(ModelKind.RETURN, models);
    var registry = new DirectoryRegistry(slot, Clock.systemUTC(), () -> {});
    registry.refresh();
    assertThat(registry.problem()).isEmpty();
    assertThat(registry.current().orElseThrow().version()).isEqualTo(champion);
    var scorer = new ReturnScorer(registry, Clock.systemUTC(), 3);
    List<Session> sessions = PlantedReturns.planted(1_000, new Random(9));
    float[][] vectors = sessions.stream().map(ReturnFeatures::of).toArray(float[][]::new);
    float[][] onnx = onnxAnswers(Files.readAllBytes(version.resolve("model.onnx")), vectors);
    for (int at = 0; at < vectors.length; at++) {
      ReturnScore score = scorer.score(sessions.get(at));
      assertThat(Math.abs(score.getReturnScore() - onnx[at][0])).isLessThan(1e-6);
      assertThat(score.getReturnScore() > 0.5).isEqualTo(sessions.get(at).getPageViews() == 9);
      assertThat(score.getSessionEnd()).isEqualTo(sessions.get(at).getEndTime());
      assertThat(score.getReasons()).isNotEmpty();
    }
  }

  private static void report(Path version) throws Exception {
    JsonNode report = json(version, "report.json");
    // The planted rule gives an AUC of 0.85, and that of the constant is one half.
    assertThat(report.at("/metrics/auc").doubleValue()).isBetween(0.75, 0.95);
    assertThat(report.at("/metrics/log_loss").doubleValue())
        .isLessThan(0.85 * report.at("/metrics/constant_log_loss").doubleValue());
    assertThat(report.at("/metrics/calibration_error").doubleValue()).isLessThan(0.1);
    assertThat(report.at("/label").textValue()).isEqualTo("has_returned_7d");
    assertThat(report.at("/recipe/predicts").textValue()).isEqualTo("p_return_7d");
    assertThat(report.at("/source/without_events").intValue()).isPositive();
    JsonNode features = json(version, "features.json");
    assertThat(features.path("fingerprint").textValue())
        .isEqualTo(ReturnSchema.current().fingerprint());
    assertThat(version.resolve("rates.json")).doesNotExist();
    assertThat(version.resolve("model_card.md"))
        .content()
        .contains(
            "Predicts the probability that `has_returned_7d` is true",
            "Rows are ended sessions of `sessions.avro`",
            "sessions whose visitor might still have come back were left out")
        .doesNotContain("just before it");
  }

  @Test
  void formerTraining_isReproduced() throws Exception {
    train(PlantedReturns.planted(2_000, new Random(1)));
    Path models = folder.resolve("models/p_return_7d");
    String champion = Files.readString(models.resolve("champion")).strip();

    int code =
        run(
            "--model=p_return_7d",
            "--reproduce=" + champion,
            "--sessions=" + folder.resolve("sessions.avro"),
            "--out=" + folder.resolve("models"));

    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
    assertThat(printed()).contains("reproduced: the same bytes");
  }

  @Test
  void lakeThatIsTooYoung_isOneLine_andLeavesNoModel() {
    List<Session> sessions =
        PlantedReturns.planted(2_000, new Random(1)).stream()
            .filter(each -> each.getStartTime() < TestSessions.START + 7 * PlantedReturns.DAY)
            .toList();

    assertThat(train(sessions)).isEqualTo(2);

    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .contains("no session is old enough to have a label", "have had 7 days");
    assertThat(folder.resolve("models/p_return_7d/champion")).doesNotExist();
  }

  @Test
  void eventsAndTruth_areRefused() {
    assertThat(run("--model=p_return_7d", "--events=x.avro", "--out=" + folder)).isEqualTo(2);
    PlantedSessions.write(
        folder.resolve("sessions.avro"), PlantedReturns.planted(9, new Random(1)));
    assertThat(
            run(
                "--model=p_return_7d",
                "--sessions=" + folder.resolve("sessions.avro"),
                "--truth=truth.jsonl",
                "--out=" + folder))
        .isEqualTo(2);

    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "p_return_7d is trained on sessions, not --events",
            "--truth has no probability of a return: leave it out");
  }

  private int train(List<Session> sessions) {
    Path file = PlantedSessions.write(folder.resolve("sessions.avro"), sessions);
    return run(
        "--model=p_return_7d",
        "--sessions=" + file,
        "--out=" + folder.resolve("models"),
        "--threads=1",
        "--depth=3");
  }

  private int run(String... options) {
    var terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    var arguments = new ArrayList<>(List.of("sessions"));
    arguments.addAll(List.of(options));
    return Main.commandLine(terminal, Clock.fixed(Instant.parse(TIME), ZoneOffset.UTC))
        .execute(arguments.toArray(String[]::new));
  }

  private static float[][] onnxAnswers(byte[] onnx, float[][] vectors) throws Exception {
    try (var environment = OrtEnvironment.getEnvironment();
        var session = environment.createSession(onnx);
        var input = OnnxTensor.createTensor(environment, vectors);
        var result = session.run(Map.of("features", input))) {
      return (float[][]) result.get(0).getValue();
    }
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static JsonNode json(Path folder, String name) throws Exception {
    return new ObjectMapper().readTree(folder.resolve(name).toFile());
  }
}
