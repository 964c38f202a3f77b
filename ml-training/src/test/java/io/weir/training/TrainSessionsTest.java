package io.weir.training;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.contract.avro.Session;
import io.weir.model.feature.ClickSchema;
import io.weir.model.feature.FeatureSchema;
import io.weir.model.feature.SessionFeatures;
import io.weir.model.feature.SessionRates;
import io.weir.process.terminal.Terminal;
import io.weir.scoring.processor.SessionScorer;
import io.weir.scoring.registry.DirectoryRegistry;
import io.weir.training.session.PlantedSessions;
import io.weir.training.tree.BoostedTrees;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf(value = "io.weir.training.NativeXgboost#isThere", disabledReason = "no OpenMP")
class TrainSessionsTest {
  private static final List<Session> SESSIONS = PlantedSessions.planted(1_000, new Random(1));
  private static final String TIME = "2026-11-01T00:00:00Z";

  @TempDir Path folder = Path.of("");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void sessions_becomeAVersionThatIsTheChampion() throws IOException {
    assertThat(train(SESSIONS, TIME)).isZero();

    assertThat(printed()).contains("AUC 0.9", "promoted: there was no champion");
    String champion = champion();
    assertThat(champion).startsWith("20261101T000000Z-");
    Path version = folder.resolve("models/versions").resolve(champion);
    assertThat(version.resolve("SHA256SUMS"))
        .content()
        .contains(
            "  model.json", "  model.ubj", "  rates.json", "  golden.json", "  snapshot.json");
    JsonNode features = json(version, "features.json");
    assertThat(features.path("feature_set_version").intValue())
        .isEqualTo(FeatureSchema.FEATURE_SET_VERSION);
    assertThat(features.path("features")).hasSize(FeatureSchema.current().size());
    JsonNode report = json(version, "report.json");
    assertThat(report.at("/source/table").textValue()).isEqualTo("sessions.avro");
    assertThat(report.at("/source/from").textValue()).isEqualTo("2025-01-01T10:30:00Z");
    assertThat(report.at("/promotion/is_promoted").booleanValue()).isTrue();
    assertThat(report.at("/importance").fieldNames().next()).isEqualTo("add_to_carts");
    assertThat(version.resolve("model_card.md")).content().contains("A visitor is in one part");
  }

  @Test
  void binaryModel_isTheSameTrees() throws IOException {
    train(SESSIONS, TIME);
    Path version = folder.resolve("models/versions").resolve(champion());
    float[][] vectors =
        SESSIONS.stream()
            .map(s -> SessionFeatures.of(s, SessionRates.Seen.NOTHING).values())
            .toArray(float[][]::new);

    try (BoostedTrees text = BoostedTrees.load(Files.readAllBytes(version.resolve("model.json")));
        var binary = BoostedTrees.load(Files.readAllBytes(version.resolve("model.ubj")))) {
      assertThat(binary.margins(vectors)).containsExactly(text.margins(vectors));
    }
  }

  @Test
  void firstModel_saysHowMuchBetterThanTheStarterItIs() throws IOException {
    assertThat(train(SESSIONS, TIME, "--starter")).isZero();

    assertThat(printed())
        .containsPattern("promoted: log-loss 0\\.\\d+ on the newest rows, starter-demo-4 .* lower");
    Path version = folder.resolve("models/versions").resolve(champion());
    JsonNode promotion = json(version, "report.json").path("promotion");
    assertThat(promotion.path("champion").textValue()).isEqualTo("starter-demo-4");
    assertThat(promotion.path("champion_log_loss").doubleValue()).isGreaterThan(0.3);
  }

  /** The trainer's ONNX file and the scorer's own code see the same sessions in the same way. */
  @Test
  void servedChampion_scoresLikeOnnxRuntime() throws Exception {
    train(SESSIONS, TIME);
    var registry =
        new DirectoryRegistry(
            folder.resolve("models"), Clock.systemUTC(), () -> {}, Optional.empty());
    registry.refresh();
    assertThat(registry.problem()).isEmpty();
    assertThat(registry.current().orElseThrow().version()).isEqualTo(champion());
    List<Session> sessions = PlantedSessions.planted(10_000, new Random(9));
    SessionRates rates = registry.current().orElseThrow().sessionRates();
    assertThat(rates.campaign().rates()).containsOnlyKeys("spring");
    float[][] vectors =
        sessions.stream()
            .map(s -> SessionFeatures.of(s, rates.of(s)).values())
            .toArray(float[][]::new);
    var scorer = new SessionScorer(registry, Clock.systemUTC(), 5);
    Path onnx = folder.resolve("models/versions").resolve(champion()).resolve("model.onnx");

    float[][] answers = onnxAnswers(Files.readAllBytes(onnx), vectors);

    double largest = 0;
    for (int at = 0; at < answers.length; at++) {
      double score = scorer.score(sessions.get(at)).getConversionScore();
      largest = Math.max(largest, Math.abs(score - answers[at][0]));
    }
    assertThat(largest).isLessThan(1e-6);
  }

  private static float[][] onnxAnswers(byte[] onnx, float[][] vectors) throws OrtException {
    try (var environment = OrtEnvironment.getEnvironment();
        var session = environment.createSession(onnx);
        var input = OnnxTensor.createTensor(environment, vectors);
        var result = session.run(Map.of("features", input))) {
      return (float[][]) result.get(0).getValue();
    }
  }

  @Test
  void sameSessions_giveTheSameModel_whichReplacesItsEqual() throws IOException {
    train(SESSIONS, TIME);
    String first = champion();
    train(SESSIONS, "2026-11-02T00:00:00Z");

    assertThat(champion()).startsWith("20261102T000000Z-");
    assertThat(champion().substring(16)).isEqualTo(first.substring(16));
  }

  @Test
  void modelThatIsWorseOnTheNewestSessions_isKeptButNotPromoted() throws IOException {
    train(SESSIONS, TIME);
    String first = champion();
    int tested =
        json(folder.resolve("models/versions").resolve(first), "report.json")
            .at("/rows/test")
            .intValue();

    // The older sessions teach the opposite, the newest ones are as before.
    int code = train(withoutRule(), "2026-11-02T00:00:00Z");

    assertThat(code).isZero();
    assertThat(tested).isPositive();
    assertThat(champion()).isEqualTo(first);
    assertThat(printed()).contains("not promoted: log-loss", "champion " + first);
    try (var versions = Files.list(folder.resolve("models/versions"))) {
      assertThat(versions).hasSize(2);
    }
  }

  @Test
  void championThatPredictsSomethingElse_stays() throws IOException {
    train(SESSIONS, TIME);
    String first = champion();
    Path version = folder.resolve("models/versions").resolve(first);
    String clicks = ClickSchema.current().names().stream().collect(joining("\",\"", "[\"", "\"]"));
    Files.writeString(version.resolve("features.json"), "{\"features\":" + clicks + "}");

    assertThat(train(SESSIONS, "2026-11-02T00:00:00Z")).isEqualTo(2);

    assertThat(champion()).isEqualTo(first);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("predicts p_click, not p_convert");
  }

  @Test
  void clicks_haveAFolderOfTheirOwn() {
    Path models = Path.of("models");

    assertThat(Prediction.P_CONVERT.folder(models)).isEqualTo(models);
    assertThat(Prediction.P_CLICK.folder(models)).isEqualTo(models.resolve("p_click"));
    assertThat(Prediction.P_CLICK.folder(models.resolve("p_click")))
        .isEqualTo(models.resolve("p_click"));
    for (Prediction each : Prediction.values()) {
      assertThat(Prediction.ofFeatures(Set.copyOf(each.schema().names()))).contains(each);
    }
  }

  @Test
  void championWithOtherFeatures_isReplaced() throws IOException {
    train(SESSIONS, TIME);
    Path version = folder.resolve("models/versions").resolve(champion());
    Files.writeString(version.resolve("features.json"), "{\"fingerprint\":\"0123\"}");
    train(withoutRule(), "2026-11-02T00:00:00Z");

    assertThat(champion()).startsWith("20261102T");
    assertThat(printed()).contains("has other features");
  }

  @Test
  void mistakes_areOneLine() {
    assertThat(run("sessions", "--sessions=none.avro", "--out=" + folder)).isEqualTo(2);
    assertThat(run("sessions", "--from=yesterday", "--out=" + folder)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .allMatch(line -> line.contains("--sessions none.avro") || line.contains("--from yest"));
  }

  @Test
  void optionsThatDoNotGoTogether_areOneLine() {
    String out = "--out=" + folder;
    assertThat(run("sessions", "--model=p_buy", out)).isEqualTo(2);
    assertThat(run("sessions", "--model=p_click", "--sessions=x.avro", out)).isEqualTo(2);
    assertThat(run("sessions", "--reproduce=x", "--from=3d", out)).isEqualTo(2);
    assertThat(run("sessions", "--search=0", out)).isEqualTo(2);
    assertThat(run("sessions", "--events=x.avro", out)).isEqualTo(2);
    assertThat(run("sessions", "--cuts=0", "--events=x.avro", "--sessions=x.avro", out))
        .isEqualTo(2);
    assertThat(run("sessions", "--cuts=1", "--sessions=x.avro", out)).isEqualTo(2);
    assertThat(run("sessions", "--cuts=1", "--model=p_click", out)).isEqualTo(2);
    assertThat(run("sessions", "--cuts=21", out)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "--model must be one of p_convert, p_click, p_return_7d, not p_buy",
            "p_click is trained on events: those of the lake, or --events, not --sessions",
            "--reproduce takes range, snapshot and cuts from the former training",
            "--search must be from 1 to 1000",
            "p_convert is trained on sessions: --events goes with --sessions",
            "p_convert is trained on sessions: --events is for --cuts N, and this training has none",
            "--cuts of --sessions FILE needs the events: --events FILE",
            "--cuts is an option of p_convert: p_click has no prefixes",
            "--cuts must be from 0 to 20");
  }

  /** The first 85 % have shuffled outcomes. */
  private static List<Session> withoutRule() {
    var random = new Random(2);
    return java.util.stream.IntStream.range(0, SESSIONS.size())
        .mapToObj(at -> {
          Session session = SESSIONS.get(at);
          return at < 850
              ? Session.newBuilder(session).setIsConverted(random.nextInt(4) == 0).build()
              : session;
        })
        .toList();
  }

  private int train(List<Session> sessions, String time, String... more) {
    Path file = PlantedSessions.write(folder.resolve("sessions.avro"), sessions);
    String models = "--out=" + folder.resolve("models");
    var arguments =
        new ArrayList<>(
            List.of(time, "sessions", "--sessions=" + file, models, "--threads=1", "--depth=3"));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    boolean hasTime = arguments[0].startsWith("2026");
    var terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    var clock = Clock.fixed(Instant.parse(hasTime ? arguments[0] : TIME), ZoneOffset.UTC);
    String[] rest =
        hasTime ? java.util.Arrays.copyOfRange(arguments, 1, arguments.length) : arguments;
    return Main.commandLine(terminal, clock).execute(rest);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String champion() throws IOException {
    return Files.readString(folder.resolve("models/champion")).strip();
  }

  private static JsonNode json(Path folder, String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).toFile());
  }
}
