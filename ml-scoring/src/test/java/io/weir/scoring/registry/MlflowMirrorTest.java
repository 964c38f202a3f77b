package io.weir.scoring.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.weir.model.feature.FeatureSchema;
import io.weir.scoring.fixture.TestModels;
import io.weir.testkit.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mirror against answers in MLflow's form; MlflowIT asks a real server. */
class MlflowMirrorTest {
  private static final int CURRENT = FeatureSchema.FEATURE_SET_VERSION;
  private static final double GOLDEN = 0.73105858;

  @TempDir Path folder = Path.of("");
  @TempDir Path registry = Path.of("");

  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger downloads = new AtomicInteger();
  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private volatile String number = "";
  private volatile boolean isDown;
  private volatile Runnable beforeChecksums = () -> {};
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server = newServer();
  private MlflowMirror mirror = newMirror();

  @BeforeEach
  void start() {
    server.createContext("/api/2.0/mlflow/", this::call);
    server.createContext("/api/2.0/mlflow-artifacts/artifacts/", this::artifact);
    server.setExecutor(executor);
    server.start();
    mirror = newMirror();
    publish("1", CURRENT, GOLDEN);
    publish("2", CURRENT, GOLDEN);
    publish("3", CURRENT - 1, GOLDEN);
    publish("4", CURRENT, 0.5);
    publish("5", CURRENT, GOLDEN);
  }

  @AfterEach
  void stop() {
    mirror.close();
    server.stop(0);
    executor.close();
  }

  @Test
  void alias_isFollowedForwardAndBack_withOneDownloadEach() throws IOException {
    for (String next : new String[] {"1", "2", "1", "1"}) {
      number = next;
      mirror.refresh();
      assertThat(champion()).startsWith("mlflow-" + next + "-");
    }
    assertThat(mirror.problem()).isEmpty();
    assertThat(downloads).hasValue(16);
  }

  @Test
  void challenger_hasAnAliasOfItsOwn_staysWhenTheChampionMoves_andGoesWithItsAlias()
      throws IOException {
    var slot = ModelSlot.challenger(ModelKind.CONVERSION, folder);
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    var source = new MlflowAlias(address, "conversion", "challenger");
    number = "1";
    mirror.refresh();
    try (var challenger = new MlflowMirror(slot, source, clock, failures::incrementAndGet)) {
      number = "2";
      challenger.refresh();
      String name = Files.readString(folder.resolve("challenger")).strip();
      assertThat(name).startsWith("mlflow-2-");
      assertThat(champion()).startsWith("mlflow-1-");

      number = "5";
      mirror.refresh();
      number = "1";
      mirror.refresh();
      assertThat(folder.resolve("versions").resolve(name)).exists();

      number = "";
      challenger.refresh();
      assertThat(folder.resolve("challenger")).doesNotExist();
      assertThat(challenger.problem()).isEmpty();
      assertThat(champion()).startsWith("mlflow-1-");
    }
  }

  @Test
  void predecessors_ofBothAliases_stay() throws IOException {
    publish("6", CURRENT, GOLDEN);
    publish("7", CURRENT, GOLDEN);
    var slot = ModelSlot.challenger(ModelKind.CONVERSION, folder);
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    var source = new MlflowAlias(address, "conversion", "challenger");
    try (var challenger = new MlflowMirror(slot, source, clock, failures::incrementAndGet)) {
      follow(mirror, "1", "2");
      follow(challenger, "5", "6");
      assertThat(mirrored()).containsExactly("mlflow-1", "mlflow-2", "mlflow-5", "mlflow-6");

      follow(mirror, "7");
      assertThat(mirrored()).containsExactly("mlflow-2", "mlflow-5", "mlflow-6", "mlflow-7");
    }
  }

  private void follow(MlflowMirror one, String... numbers) {
    for (String each : numbers) {
      number = each;
      one.refresh();
    }
  }

  @Test
  void versionThatDoesNotFit_isRefusedOnce_andTheOldOneStays() throws IOException {
    number = "1";
    mirror.refresh();
    for (String broken : new String[] {"3", "4"}) {
      number = broken;
      mirror.refresh();
      int soFar = downloads.get();
      mirror.refresh();
      assertThat(champion()).startsWith("mlflow-1-");
      assertThat(downloads).hasValue(soFar);
      assertThat(mirror.problem().orElse("")).contains("version " + broken + " cannot be used");
    }
    assertThat(failures).hasValue(2);
    number = "2";
    mirror.refresh();
    assertThat(champion()).startsWith("mlflow-2-");
    assertThat(mirror.problem()).isEmpty();
  }

  @Test
  void fileThatIsCutShort_isRefused() throws IOException {
    Path file = registry.resolve("versions/1/model.json");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 9));
    number = "1";
    mirror.refresh();

    assertThat(champion()).isEmpty();
    assertThat(mirror.problem().orElse("")).contains("model.json is not the file");
  }

  @Test
  void missingFile_isRefused_leavesNothingHalfDone_andIsTriedAgainLater() throws IOException {
    Path file = registry.resolve("versions/1/golden.json");
    byte[] content = Files.readAllBytes(file);
    Files.delete(file);
    number = "1";
    mirror.refresh();
    int soFar = downloads.get();
    Files.write(file, content);
    mirror.refresh();
    assertThat(champion()).isEmpty();
    assertThat(failures).hasValue(1);
    assertThat(downloads).hasValue(soFar);
    assertThat(mirror.problem().orElse("")).contains("cannot be used: golden.json is missing");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
    clock.advance(Duration.ofMinutes(5));
    mirror.refresh();

    assertThat(champion()).startsWith("mlflow-1-");
    assertThat(mirror.problem()).isEmpty();
  }

  @Test
  void versionOfOlderFeatures_withoutRates_isRefusedForItsFeatures() {
    Map<String, String> files = TestModels.turnedStump(CURRENT - 1, GOLDEN);
    files.remove("rates.json");
    TestModels.saveVersion(registry, "6", files);
    number = "6";
    mirror.refresh();

    assertThat(mirror.problem().orElse(""))
        .contains("version 6 cannot be used")
        .contains("the model has feature set version " + (CURRENT - 1))
        .contains("this service computes " + CURRENT + "; train it again");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void versionOfTheseFeatures_withoutRates_isRefusedForThem(boolean isListed) throws IOException {
    Map<String, String> files = TestModels.turnedStump(CURRENT, GOLDEN);
    if (!isListed) {
      files.remove("rates.json");
    }
    TestModels.saveVersion(registry, "6", files);
    Files.deleteIfExists(registry.resolve("versions/6/rates.json"));
    number = "6";
    mirror.refresh();

    assertThat(champion()).isEmpty();
    assertThat(mirror.problem().orElse("")).contains("there is no rates.json");
  }

  @Test
  void refusedVersion_thatGetsTheAliasAgain_isAProblemAgain() throws IOException {
    for (String next : new String[] {"3", "1", "3"}) {
      number = next;
      mirror.refresh();
    }

    assertThat(champion()).startsWith("mlflow-1-");
    assertThat(failures).hasValue(2);
    assertThat(mirror.problem().orElse("")).contains("version 3 cannot be used");
  }

  @Test
  void refusal_isTheProblemAgain_whenTheServerIsBack() {
    number = "3";
    mirror.refresh();
    isDown = true;
    mirror.refresh();
    assertThat(mirror.problem().orElse("")).contains("answers 500");
    isDown = false;
    mirror.refresh();

    assertThat(mirror.problem().orElse("")).contains("version 3 cannot be used");
    assertThat(failures).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void localCopyThatIsDamagedOrGone_isDownloadedAgain(boolean isGone) throws IOException {
    number = "1";
    mirror.refresh();
    Path copy = folder.resolve("versions").resolve(champion());
    byte[] content = Files.readAllBytes(copy.resolve("golden.json"));
    if (isGone) {
      Files.move(copy, folder.resolve("elsewhere"));
    } else {
      Files.writeString(copy.resolve("golden.json"), "{}");
    }
    mirror.refresh();

    assertThat(copy.resolve("golden.json")).hasBinaryContent(content);
    assertThat(downloads).hasValue(16);
    mirror.refresh();
    assertThat(downloads).hasValue(16);
    assertThat(failures).hasValue(0);
  }

  @Test
  void versionThatFailsItsChecks_getsNoPlace() {
    number = "4";
    mirror.refresh();

    assertThat(folder.resolve("versions")).doesNotExist();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void sameNumberOfAnotherModel_isAnotherVersion() throws IOException {
    number = "1";
    mirror.refresh();
    String first = champion();
    mirror.close();
    mirror = newMirror("another");
    mirror.refresh();

    assertThat(champion()).startsWith("mlflow-1-").isNotEqualTo(first);
  }

  @Test
  void defect_isAProblemOnce_andDoesNotEndTheMirror() {
    number = "1";
    mirror.close();
    mirror = newMirror(URI.create("http://under_score:5000"), "conversion");
    mirror.refresh();
    mirror.refresh();

    assertThat(mirror.problem().orElse("")).contains("IllegalArgumentException");
    assertThat(failures).hasValue(1);
  }

  @Test
  void registryThatIsDown_orHasNoAlias_changesNothing() throws IOException {
    mirror.refresh();
    assertThat(mirror.problem().orElse("")).contains("no version has the alias champion");
    number = "1";
    mirror.refresh();
    server.stop(0);
    mirror.refresh();

    assertThat(champion()).startsWith("mlflow-1-");
    assertThat(mirror.problem()).isPresent();
  }

  @Test
  void promotion_leavesTheChampionAndTheOneBefore_andVersionsOfOthers() throws IOException {
    for (String other : new String[] {"own", "mlflow-own"}) {
      TestModels.saveVersion(folder, other, TestModels.turnedStump(CURRENT, GOLDEN));
    }
    TestModels.promote(folder, "own");
    for (String next : new String[] {"1", "2", "3", "5"}) {
      number = next;
      mirror.refresh();
    }
    assertThat(mirrored()).containsExactly("mlflow-2", "mlflow-5");
    number = "2";
    mirror.refresh();
    assertThat(mirrored()).containsExactly("mlflow-2", "mlflow-5");
    number = "1";
    mirror.refresh();

    assertThat(mirrored()).containsExactly("mlflow-1", "mlflow-2");
    assertThat(champion()).startsWith("mlflow-1-");
    assertThat(folder.resolve("versions/own")).isNotEmptyDirectory();
    assertThat(folder.resolve("versions/mlflow-own")).isNotEmptyDirectory();
    assertThat(folder).isDirectoryNotContaining("glob:**/.mlflow-*");
  }

  @Test
  void versionThatAnotherInstanceHasPutMeanwhile_isLeftAlone() throws IOException {
    number = "1";
    var keys = new ArrayList<@Nullable Object>();
    try (MlflowMirror other = newMirror()) {
      beforeChecksums =
          () -> {
            other.refresh();
            keys.add(keyOfTheChampion());
          };
      mirror.refresh();
    }

    assertThat(downloads).hasValue(16);
    assertThat(keys).containsExactly(keyOfTheChampion());
    assertThat(mirror.problem()).isEmpty();
    assertThat(folder).isDirectoryNotContaining("glob:**/.mlflow-*");
    mirror.refresh();
    assertThat(downloads).hasValue(16);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oldTemporaryFolders_areRemovedAtTheStart_andAtAPromotion(boolean isStart)
      throws IOException {
    Path old = leftOver(".mlflow-7-0123456789ab.crashed", Duration.ofMinutes(59));
    Path young = leftOver(".mlflow-7-0123456789ab.running", Duration.ofMinutes(61));
    Path own = leftOver(".mlflow-own", Duration.ZERO);
    clock.advance(Duration.ofHours(2));
    if (isStart) {
      mirror.start(Duration.ofHours(1));
    } else {
      number = "1";
      mirror.refresh();
    }

    assertThat(old).doesNotExist();
    assertThat(young).isNotEmptyDirectory();
    assertThat(own).isNotEmptyDirectory();
  }

  private Path leftOver(String name, Duration changed) throws IOException {
    Path left = Files.createDirectories(folder.resolve(name));
    Files.writeString(left.resolve("model.json"), "{");
    return Files.setLastModifiedTime(left, FileTime.from(Instant.EPOCH.plus(changed)));
  }

  /** The mirrored versions in the folder, without their hashes. */
  private List<String> mirrored() throws IOException {
    try (Stream<Path> versions = Files.list(folder.resolve("versions"))) {
      return versions
          .map(each -> each.getFileName().toString())
          .filter(each -> each.matches("mlflow-[0-9]+-.*"))
          .map(each -> each.substring(0, each.lastIndexOf('-')))
          .sorted()
          .toList();
    }
  }

  private @Nullable Object keyOfTheChampion() {
    try {
      Path place = folder.resolve("versions").resolve(champion());
      return Files.readAttributes(place, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void call(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (isDown) {
      answer(exchange, 500, "{}");
    } else if (path.endsWith("/registered-models/alias")) {
      boolean isKnown = !number.isEmpty();
      answer(
          exchange,
          isKnown ? 200 : 400,
          isKnown
              ? "{\"model_version\":{\"version\":\"" + number + "\",\"run_id\":\"run\"}}"
              : "{\"error_code\":\"INVALID_PARAMETER_VALUE\"}");
    } else {
      answer(exchange, 200, "{\"artifact_uri\":\"mlflow-artifacts:/" + number + "\"}");
    }
  }

  private void artifact(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().replaceFirst(".*/artifacts/", "");
    Path file = registry.resolve("versions").resolve(path);
    downloads.incrementAndGet();
    if (path.endsWith("SHA256SUMS")) {
      Runnable next = beforeChecksums;
      beforeChecksums = () -> {};
      next.run();
    }
    if (Files.exists(file)) {
      answer(exchange, 200, Files.readString(file));
    } else {
      answer(exchange, 404, "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\"}");
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void publish(String version, int featureSetVersion, double golden) {
    TestModels.saveVersion(registry, version, TestModels.turnedStump(featureSetVersion, golden));
  }

  private String champion() throws IOException {
    Path file = folder.resolve("champion");
    return Files.exists(file) ? Files.readString(file).strip() : "";
  }

  private static HttpServer newServer() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private MlflowMirror newMirror() {
    return newMirror("conversion");
  }

  private MlflowMirror newMirror(String model) {
    return newMirror(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), model);
  }

  private MlflowMirror newMirror(URI address, String model) {
    return new MlflowMirror(
        folder, new MlflowAlias(address, model, "champion"), clock, failures::incrementAndGet);
  }
}
