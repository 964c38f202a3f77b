package io.weir.scoring.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.model.feature.ReturnFeature;
import io.weir.model.feature.ReturnSchema;
import io.weir.scoring.fixture.TestModels;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Closed sessions by REST: does their visitor come back? */
class ScoreReturnsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double LOW = 1 / (1 + Math.exp(1));
  private static final double HIGH = 1 / (1 + Math.exp(-1));
  private static final String SESSION =
      "{\"end_time\":\"2026-03-01T12:00:00Z\",\"duration_ms\":9000,\"events\":9,"
          + "\"visitor_session_number\":1,\"purchases\":%d,\"revenue_e4\":%s}";

  private static final List<String> KINDS =
      List.of("page_views", "product_views", "add_to_carts", "checkouts", "purchases");

  @TempDir Path folder = Path.of("");

  @Test
  void closedSessions_areScoredInTheirOrder_besideNoOtherModel() throws Exception {
    promote();
    try (var server = new InferenceServer(folder)) {
      HttpResponse<String> answer =
          server.post(
              "/v1/score",
              "{\"closed_sessions\":[%s,%s]}"
                  .formatted(SESSION.formatted(0, "{}"), SESSION.formatted(1, "{\"EUR\":50000}")));

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      JsonNode scores = JSON.readTree(answer.body()).path("scores");
      assertThat(scores).hasSize(2);
      assertThat(scores.at("/0/return_score").doubleValue()).isCloseTo(LOW, within(1e-6));
      assertThat(scores.at("/1/return_score").doubleValue()).isCloseTo(HIGH, within(1e-6));
      assertThat(scores.at("/1/reasons/0/feature").textValue()).isEqualTo("purchases");
      assertThat(scores.at("/1/model_name").textValue()).isEqualTo("p_return_7d");
      assertThat(scores.at("/1/model_version").textValue()).isEqualTo("one");
      assertThat(server.post("/v1/score", "{\"events\":9}").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void openInference_servesTheReturnModel() throws Exception {
    promote();
    TestModels.save(folder, TestModels.stump(-1, 1));
    try (var server = new InferenceServer(folder)) {
      int width = ReturnSchema.current().size();
      var values = new String[width];
      Arrays.fill(values, "null");
      values[ReturnSchema.place(ReturnFeature.PURCHASES)] = "3";
      String body =
          "{\"inputs\":[{\"name\":\"features\",\"datatype\":\"FP32\",\"shape\":[1,%d],\"data\":[%s]}]}"
              .formatted(width, String.join(",", values));

      HttpResponse<String> answer = server.post("/v2/models/p_return_7d/infer", body);

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(JSON.readTree(answer.body()).at("/outputs/0/data/0").doubleValue())
          .isCloseTo(HIGH, within(1e-6));
      assertThat(server.post("/v2/models/p_click/infer", body).body())
          .contains("conversion, version", "p_return_7d, version one");
    }
  }

  @Test
  void withoutTheModel_thereIsNoScore() throws Exception {
    TestModels.save(folder, TestModels.stump(-1, 1));
    try (var server = new InferenceServer(folder)) {
      String body = "{\"closed_sessions\":[%s]}".formatted(SESSION.formatted(0, "{}"));

      assertThat(server.post("/v1/score", body).statusCode()).isEqualTo(503);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []                                       | closed_sessions must be a list of 1 to 1000
          [{"events":1}]                           | closed_sessions[0] has no end_time
          [SESSION,7]                              | closed_sessions[1] has no end_time
          [{"nothing":1}]                          | closed_sessions[0] has no end_time
          """)
  void otherBodies_areRefused(String sessions, String message) throws Exception {
    promote();
    try (var server = new InferenceServer(folder)) {
      String body =
          "{\"closed_sessions\":" + sessions.replace("SESSION", SESSION.formatted(0, "{}")) + "}";

      HttpResponse<String> answer = server.post("/v1/score", body);

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains(message);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"{\"EUR\":\"5\"}", "{\"EUR\":0.5}", "7"})
  void revenue_isWholeNumbersByCurrency(String revenue) throws Exception {
    promote();
    try (var server = new InferenceServer(folder)) {
      String body = "{\"closed_sessions\":[%s]}".formatted(SESSION.formatted(0, revenue));

      HttpResponse<String> answer = server.post("/v1/score", body);

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("closed_sessions[0].revenue_e4 is not of type map");
    }
  }

  @Test
  void unknownRevenue_isNoMistake() throws Exception {
    promote();
    try (var server = new InferenceServer(folder)) {
      String body = "{\"closed_sessions\":[%s]}".formatted(SESSION.formatted(0, "null"));

      assertThat(server.post("/v1/score", body).statusCode()).isEqualTo(200);
    }
  }

  /** A record that contradicts itself would be a bad example. */
  @Test
  void exampleOfTheReadme_isAWholeSession() throws Exception {
    promote();
    String readme = Files.readString(Path.of("README.md"));
    int start = readme.indexOf("{\"closed_sessions\"");
    String body = readme.substring(start, readme.indexOf("]}", start) + 2);
    try (var server = new InferenceServer(folder)) {
      HttpResponse<String> answer = server.post("/v1/score", body);

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
    JsonNode session = JSON.readTree(body).at("/closed_sessions/0");
    assertThat(session.path("purchases").intValue()).isPositive();
    assertThat(session.path("is_converted").booleanValue()).isTrue();
    assertThat(session.path("funnel_step").intValue()).isEqualTo(4);
    int events = 0;
    for (String kind : KINDS) {
      events += session.path(kind).intValue();
    }
    assertThat(session.path("events").intValue()).isEqualTo(events);
    assertThat(session.path("ms_since_previous_session").isNumber())
        .isEqualTo(session.path("visitor_session_number").intValue() > 1);
  }

  private void promote() {
    Path models = folder.resolve("p_return_7d");
    TestModels.saveVersion(models, "one", TestModels.returnStump(-1, 1));
    TestModels.promote(models, "one");
  }
}
