package io.weir.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.weir.model.feature.Feature;
import io.weir.model.feature.FeatureSchema;
import io.weir.process.StartupException;
import io.weir.process.terminal.Terminal;
import io.weir.scoring.model.ModelFile;
import io.weir.scoring.model.ModelFormatException;
import io.weir.scoring.model.TreeEnsemble;
import io.weir.testkit.TestSessions;
import io.weir.training.artifact.ModelArtifact;
import io.weir.training.artifact.ModelStore;
import io.weir.training.session.CutPlan;
import io.weir.training.session.LakeSessions.Range;
import io.weir.training.session.PlantedSessions;
import io.weir.training.session.PlantedVisits;
import io.weir.training.session.SessionLake;
import io.weir.training.tree.TreeSettings;
import io.weir.training.tree.TreeShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The same training again, from the snapshot that it was made on. */
@EnabledIf(value = "io.weir.training.NativeXgboost#isThere", disabledReason = "no OpenMP")
class ReproduceTest {
  private static final List<String> OF_MODEL =
      List.of(
          "model.json",
          "model.onnx",
          "features.json",
          "calibration.json",
          "golden.json",
          "snapshot.json");
  private static final Prediction PREDICTION = Prediction.P_CONVERT;
  private static final long MINUTE = 60_000;

  @TempDir Path folder = Path.of("");

  private final SessionLake lake = new SessionLake();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @AfterEach
  void close() {
    lake.close();
  }

  @Test
  void trainingAgain_onTheSameSnapshot_givesTheSameBytes() throws IOException {
    String version = train();
    // The table goes on, and the sessions in the range change.
    lake.append(PlantedSessions.planted(50, new Random(7)));
    lake.append(List.of(TestSessions.session("late", 1).setRevision(9).build()));

    assertThat(reproduce(version)).isZero();

    for (String file : OF_MODEL) {
      assertThat(Files.readAllBytes(folder.resolve("reproduced").resolve(version).resolve(file)))
          .as(file)
          .isEqualTo(Files.readAllBytes(store().version(version).resolve(file)));
    }
    assertThat(printed.toString(UTF_8)).contains("reproduced: the same bytes as " + version);
    assertThat(store().champion()).isEmpty();
  }

  /** The prefixes come from the snapshot of the events, too. */
  @Test
  void trainingAgain_withCuts_givesTheSameBytes() throws IOException {
    PlantedVisits visits = PlantedVisits.planted(600, 1);
    lake.append(visits.sessions());
    lake.appendEvents(visits.events());
    String version = train(range -> cut(range, new CutPlan(2, 4, Optional.empty())));
    String recipe = Files.readString(store().version(version).resolve("recipe.json"));
    assertThat(recipe).contains("\"cuts\" : 2", "\"events_snapshot\" : ");
    String report = Files.readString(store().version(version).resolve("report.json"));
    assertThat(report).contains("\"open\" : {", "\"per_session\" : 2", "\"is_learnt\" : true");
    assertThat(openGolden(version)).isEqualTo(25);
    // A later snapshot has each event twice, so none of its sessions can be cut.
    lake.appendEvents(visits.events());

    assertThat(reproduce(version, this::cut)).isZero();

    assertThat(printed.toString(UTF_8)).contains("reproduced: the same bytes as " + version);
    Files.writeString(
        store().version(version).resolve("recipe.json"),
        recipe.replaceFirst("\"cuts\" : 2", "\"cuts\" : 1"));
    assertThat(reproduce(version, this::cut)).isEqualTo(1);
  }

  /** The number of rows with a known answer that are of open sessions. */
  private long openGolden(String version) throws IOException {
    var golden =
        new ObjectMapper().readTree(store().version(version).resolve("golden.json").toFile());
    int place = FeatureSchema.place(Feature.IS_OVER);
    assertThat(golden.path("rows")).hasSize(50);
    return golden
        .path("rows")
        .valueStream()
        .filter(row -> isZero(row.path("features").path(place)))
        .count();
  }

  private static boolean isZero(JsonNode value) {
    return value.isNumber() && value.doubleValue() == 0;
  }

  /** Few of the sessions have their events, so few have a prefix. */
  @Test
  void tooFewPrefixes_areSaidAndNotLearnt() throws IOException, ModelFormatException {
    PlantedVisits visits = PlantedVisits.planted(600, 1);
    lake.append(visits.sessions());
    lake.appendEvents(
        visits.events().stream()
            .filter(event -> event.getVisitorId().hashCode() % 12 == 0)
            .toList());

    String version = train(range -> cut(range, new CutPlan(1, 4, Optional.empty())));

    Path stored = store().version(version);
    assertThat(Files.readString(stored.resolve("report.json"))).contains("\"is_learnt\" : false");
    assertThat(Files.readString(stored.resolve("model_card.md")))
        .contains("too few prefixes of one outcome to learn from");
    ModelFile model = ModelFile.parse(Files.readAllBytes(stored.resolve("model.json")));
    assertThat(model.ensemble()).isInstanceOf(TreeEnsemble.class);
  }

  private Prediction.Rows cut(Range range, CutPlan plan) {
    return new Prediction.Rows(lake.read(range, plan).rows(), null);
  }

  @Test
  void anotherModel_isReported() throws IOException {
    String version = train();
    Path recipe = store().version(version).resolve("recipe.json");
    Files.writeString(recipe, Files.readString(recipe).replace("\"seed\" : 4", "\"seed\" : 5"));

    assertThat(reproduce(version)).isEqualTo(1);
    assertThat(printed.toString(UTF_8)).contains("differs from " + version + " in model.json");
  }

  @Test
  void otherFeatures_areRefused() throws IOException {
    String version = train();
    Path recipe = store().version(version).resolve("recipe.json");
    String text = Files.readString(recipe);
    Files.writeString(recipe, text.replaceFirst("(feature_set_version\" : )\\d+", "$11"));

    assertThatThrownBy(() -> reproduce(version))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("has feature set version 1; this program computes version");
  }

  @Test
  void damagedRecipe_isOneLine() throws IOException {
    String version = train();
    Path recipe = store().version(version).resolve("recipe.json");
    String text = Files.readString(recipe);

    Files.writeString(recipe, text.replace("\"shape\"", "\"other\""));
    assertThatThrownBy(() -> reproduce(version))
        .isInstanceOf(StartupException.class)
        .hasMessageEndingWith("the recipe is no recipe: no shape");
    Files.writeString(recipe, text.replaceFirst("\"from\" : \"[^\"]+", "\"from\" : \"noon"));
    assertThatThrownBy(() -> reproduce(version))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("'noon'")
        .hasMessageNotContaining("\n");
    for (String cuts : List.of("21", "2147483647")) {
      Files.writeString(recipe, text.replace("\"shape\"", "\"cuts\" : " + cuts + ", \"shape\""));
      assertThatThrownBy(() -> reproduce(version))
          .isInstanceOf(StartupException.class)
          .hasMessage(
              version + " has " + cuts + " cuts of each session; this program makes at most 20");
    }
    Files.writeString(recipe, "null");
    assertThatThrownBy(() -> reproduce(version))
        .isInstanceOf(StartupException.class)
        .hasMessageEndingWith("the recipe is empty");
  }

  /** The name of the version becomes a folder, and anyone can write a tag. */
  @Test
  void runWhoseVersionIsNoName_isRefused() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String answer =
        """
        {"run":{"outputs":{"model_outputs":[{"model_id":"m"}]},"data":{"tags":[
        {"key":"weir.version","value":"../../x"},{"key":"weir.recipe","value":"{}"}]}},
        "model":{"info":{"artifact_uri":"mlflow-artifacts:/1/m"}}}
        """;
    server.createContext(
        "/",
        exchange -> {
          byte[] body = answer.getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try {
      assertThatThrownBy(() -> FormerTraining.of(address, "r"))
          .isInstanceOf(StartupException.class)
          .hasMessage("--reproduce r: its tag weir.version is no name of a version");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void unknownVersion_isOneLine() {
    store().prepare();

    assertThatThrownBy(() -> reproduce("../versions"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("--reproduce ../versions is no version in");
    assertThatThrownBy(() -> reproduce("20260101T000000Z-abcdef"))
        .isInstanceOf(StartupException.class);
  }

  /** A search with samples of rows and negatives, on a part of the table. */
  private String train() {
    lake.append(PlantedSessions.planted(400, new Random(1)));
    return train(this::rows);
  }

  private String train(Function<Range, Prediction.Rows> reading) {
    var settings = new TreeSettings(new TreeShape(3, 0.3, 1, 0.7, 0.8, 1), 20, 5, 4, 1, Set.of());
    var plan = new TrainingPlan(settings, 2, 100);
    Instant from = Instant.ofEpochMilli(TestSessions.START + 10 * MINUTE);
    Instant to = Instant.ofEpochMilli(TestSessions.START + 390 * MINUTE);
    var range = new Range(Optional.of(from), Optional.of(to), Optional.empty());
    Clock clock = Clock.systemUTC();
    ModelArtifact artifact =
        new LakeTraining(PREDICTION, "conversion", plan, (_, _, _) -> {}, clock)
            .run(() -> reading.apply(range), Optional.empty());
    assertThat(artifact.report().rows().notSampled()).isPositive();
    store().prepare();
    store().write(artifact.version(), artifact.files());
    return artifact.version();
  }

  private int reproduce(String version) {
    return reproduce(version, (range, _) -> rows(range));
  }

  private int reproduce(String version, BiFunction<Range, CutPlan, Prediction.Rows> reading) {
    var printer = new PrintStream(printed, true, UTF_8);
    var terminal = new Terminal(printer, printer, false);
    FormerTraining former = FormerTraining.of(store(), version);
    return new Reproduction(former, terminal, Clock.systemUTC())
        .run(store(), 1, (_, range, cuts) -> reading.apply(range, cuts));
  }

  private Prediction.Rows rows(Range range) {
    return new Prediction.Rows(lake.read(range).rows(), null);
  }

  private ModelStore store() {
    return new ModelStore(folder);
  }
}
