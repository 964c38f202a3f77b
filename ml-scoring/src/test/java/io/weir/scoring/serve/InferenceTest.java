package io.weir.scoring.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.http.ListenAddress;
import io.weir.model.feature.Feature;
import io.weir.model.feature.FeatureSchema;
import io.weir.process.Settings;
import io.weir.process.tls.PeerTrust;
import io.weir.scoring.fixture.TestModels;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferenceTest {
  private static final int WIDTH = FeatureSchema.current().size();
  private static final String INFER = "/v2/models/conversion/infer";

  @TempDir static Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init") // JUnit calls start first
  private static InferenceServer server;

  @BeforeAll
  static void start() {
    TestModels.save(folder, TestModels.stump(-1, 1));
    server = new InferenceServer(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void model_isDescribedUnderItsNameAndVersion() throws Exception {
    assertThat(server.get("/v2/health/live").body()).isEqualTo("{\"live\":true}");
    assertThat(server.get("/v2/health/ready").body()).isEqualTo("{\"ready\":true}");
    assertThat(server.get("/v2").body()).contains("\"extensions\":[]");
    String described = server.get("/v2/models/conversion").body();
    assertThat(described)
        .contains("{\"name\":\"features\",\"datatype\":\"FP32\",\"shape\":[-1," + WIDTH + "]}");
    String version = described.replaceFirst(".*\"versions\":\\[\"([^\"]+).*", "$1");
    assertThat(server.get("/v2/models/conversion/versions/" + version).body()).isEqualTo(described);
    assertThat(server.get("/v2/models/conversion/versions/" + version + "/ready").statusCode())
        .isEqualTo(200);
    assertThat(server.get("/v2/models/conversion/versions/0/ready").statusCode()).isEqualTo(404);
    assertThat(server.get("/v2/models/other/ready").body())
        .contains("\"status\":404", "\"error\":\"the model in use is conversion, version");
  }

  @Test
  void vectors_areScored_flatOrNested_withMissingValues() throws Exception {
    String flat = tensor(2, row("0") + ',' + row("2"));
    String nested = tensor(2, '[' + row("NaN") + "],[" + row("null") + ']');

    assertThat(server.post(INFER, request(flat, "")).body())
        .contains("\"shape\":[2,1],\"data\":[0.26894", ",0.73105");
    // The split sends a missing value left.
    assertThat(server.post(INFER, request(nested, "")).body()).contains("[0.26894", ",0.26894");
  }

  @Test
  void askedOutputs_areGiven_withTheId() throws Exception {
    String asked = ",\"id\":\"7\",\"outputs\":[{\"name\":\"contributions\"}]";

    String answer = server.post(INFER, request(tensor(1, row("2")), asked)).body();

    // A quarter of the training rows is on the right: -0.5 is expected, 1 is found.
    assertThat(answer).contains("\"id\":\"7\"", ",1.5,", ",-0.5]").doesNotContain("probability");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                                    | one JSON document",
        "{}                                                   | one tensor with the name",
        "{\"inputs\":[{\"name\":\"x\"}]}                      | one tensor with the name",
        "{\"inputs\":[{\"name\":\"features\",\"datatype\":\"BYTES\"}]} | FP32 or FP64",
        "{\"inputs\":[{\"name\":\"features\",\"datatype\":\"FP32\",\"shape\":[1,2]}]} | 1 to 1000 rows",
      })
  void anotherRequest_isRefused(String body, String why) throws Exception {
    HttpResponse<String> refused = server.post(INFER, body);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(refused.body()).contains(why);
  }

  @Test
  void wrongNumberOfValues_isRefused() throws Exception {
    assertThat(server.post(INFER, request(tensor(1, "1"), "")).body()).contains("data has 1");
    assertThat(server.post(INFER, request(tensor(1, row("1") + ",1"), "")).statusCode())
        .isEqualTo(400);
    assertThat(server.post(INFER, request(tensor(1_001, "1"), "")).body()).contains("1 to 1000");
    assertThat(server.post(INFER, request(tensor(1, row("Infinity")), "")).body())
        .contains("finite");
    assertThat(server.post(INFER, request(tensor(1, row("\\\"1\\\"")), "")).statusCode())
        .isEqualTo(400);
  }

  @Test
  void binaryTensors_areRefused() throws Exception {
    String body = request(tensor(1, row("1")), "");

    assertThat(server.post(INFER, body, "Inference-Header-Content-Length", "9").body())
        .contains("binary_data=False");
  }

  @Test
  void largeRequest_isRefused_beforeItTakesMemory() throws Exception {
    String tree = "{\"x\":[" + "{},".repeat(200_000) + "{}]}";
    String body = "{\"x\":[" + "{},".repeat(3_000_000) + "{}]}";

    for (String path : List.of(INFER, "/v1/score")) {
      HttpResponse<String> refused = server.post(path, tree);
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("exceeds the maximum allowed (300000");
      assertThat(server.post(path, body).statusCode()).isEqualTo(413);
    }
  }

  @Test
  void wrongValue_isRepeatedInShort() throws Exception {
    String value = "\"" + "x".repeat(100_000) + '"';

    String refused = server.post(INFER, request(tensor(1, value), "")).body();

    assertThat(refused).contains("not \\\"xxxx").hasSizeLessThan(500);
  }

  @Test
  void allRoles_mayHaveVectorsScored() throws Exception {
    String keys =
        Stream.of("reader", "collector", "instance", "operator")
            .map(role -> role + ":" + role + ":" + hash(role))
            .collect(Collectors.joining(","));
    var settings = Settings.of(Map.of("WEIR_SCORING_PORT", "0", "WEIR_HTTP_KEYS", keys));
    String body = request(tensor(1, row("1")), "");
    String described = server.get("/v2/models/conversion").body();
    String version = described.replaceFirst(".*\"versions\":\\[\"([^\"]+).*", "$1");
    String ofVersion = "/v2/models/conversion/versions/" + version + "/infer";

    try (var closed =
        new InferenceServer(
            folder,
            ListenAddress.from(settings, "scoring", 0),
            new VisitorSessions(Optional.empty(), Optional.empty(), PeerTrust.usual()))) {
      for (String path : List.of(INFER, ofVersion)) {
        for (String role : List.of("reader", "collector", "instance", "operator")) {
          assertThat(closed.post(path, body, "Authorization", "Bearer " + role).statusCode())
              .as(role)
              .isEqualTo(200);
        }
        assertThat(closed.post(path, body, "Authorization", "Bearer other").statusCode())
            .isEqualTo(401);
      }
    }
  }

  private static String hash(String key) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String request(String tensor, String more) {
    return "{\"inputs\":[" + tensor + ']' + more + '}';
  }

  private static String tensor(int rows, String data) {
    return "{\"name\":\"features\",\"datatype\":\"FP32\",\"shape\":[%d,%d],\"data\":[%s]}"
        .formatted(rows, WIDTH, data);
  }

  /** A row with a number of carts; everything else is missing. */
  private static String row(String carts) {
    var values = new ArrayList<>(Collections.nCopies(WIDTH, "null"));
    values.set(FeatureSchema.place(Feature.ADD_TO_CARTS), carts);
    return String.join(",", values);
  }
}
