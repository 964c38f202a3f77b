package io.weir.scoring.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.model.feature.ClickFeature;
import io.weir.model.feature.ClickSchema;
import io.weir.scoring.fixture.TestModels;
import io.weir.testkit.TestRecords;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ad impressions by REST: what they and their visitors did comes with the request. */
class ScoreClicksTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double LOW = 1 / (1 + Math.exp(1));
  private static final double HIGH = 1 / (1 + Math.exp(-1));

  @TempDir Path folder = Path.of("");

  @Test
  void impressions_areScoredInTheirOrder_fromTheRecordsOfTheTopic() throws Exception {
    promote(TestModels.clickStump(-1, 1));
    try (var server = new InferenceServer(folder)) {
      JsonNode scores =
          scores(server, asked(shown("good"), List.of()), asked(shown("else"), List.of()));

      assertThat(scores).hasSize(2);
      assertThat(scores.at("/0/click_score").doubleValue()).isCloseTo(HIGH, within(1e-6));
      assertThat(scores.at("/0/reasons/0/feature").textValue()).isEqualTo("ad_rate");
      assertThat(scores.at("/0/reasons/0/value").textValue()).isEqualTo("0.75");
      assertThat(scores.at("/1/click_score").doubleValue()).isCloseTo(LOW, within(1e-6));
      assertThat(scores.at("/1/model_name").textValue()).isEqualTo("p_click");
      assertThat(scores.at("/1/model_version").textValue()).isEqualTo("one");
    }
  }

  @Test
  void past_counts() throws Exception {
    promote(TestModels.clickStumpOfEvents(-1, 1));
    try (var server = new InferenceServer(folder)) {
      List<EnrichedEvent> four = Collections.nCopies(4, viewed());
      List<EnrichedEvent> five = Collections.nCopies(5, viewed());

      JsonNode scores = scores(server, asked(shown("a"), four), asked(shown("a"), five));

      assertThat(scores.at("/0/click_score").doubleValue()).isCloseTo(LOW, within(1e-6));
      assertThat(scores.at("/1/click_score").doubleValue()).isCloseTo(HIGH, within(1e-6));
    }
  }

  @Test
  void openInference_servesTheClickModelBesideTheOther() throws Exception {
    promote(TestModels.clickStump(-1, 1));
    TestModels.save(folder, TestModels.stump(-1, 1));
    try (var server = new InferenceServer(folder)) {
      int width = ClickSchema.current().size();
      var values = new String[width];
      Arrays.fill(values, "null");
      values[ClickSchema.place(ClickFeature.AD_RATE)] = "0.75";
      String body =
          "{\"inputs\":[{\"name\":\"features\",\"datatype\":\"FP32\",\"shape\":[1,%d],\"data\":[%s]}]}"
              .formatted(width, String.join(",", values));

      HttpResponse<String> answer = server.post("/v2/models/p_click/infer", body);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(JSON.readTree(answer.body()).at("/outputs/0/data/0").doubleValue())
          .isCloseTo(HIGH, within(1e-6));
      assertThat(server.get("/v2/models/p_click").body()).contains("[-1," + width + "]");
      assertThat(server.get("/v2/models/p_click/versions/two/ready").statusCode()).isEqualTo(404);
      assertThat(server.get("/v2/models/conversion/ready").statusCode()).isEqualTo(200);
      assertThat(server.get("/v2/models/other").body())
          .contains("conversion, version sha256-", "; p_click, version one");
    }
  }

  @Test
  void withoutAClickModel_impressionsAre503_andTheRestGoesOn() throws Exception {
    TestModels.save(folder, TestModels.stump(-1, 1));
    try (var server = new InferenceServer(folder)) {
      String body = "{\"impressions\":[" + asked(shown("a"), List.of()) + "]}";

      assertThat(server.post("/v1/score", body).statusCode()).isEqualTo(503);
      assertThat(server.post("/v1/score", "{\"events\":1}").statusCode()).isEqualTo(200);
      assertThat(server.get("/v2/models/p_click").statusCode()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                                             | must be a list of 1 to 1000",
        "[1]                                            | impressions[0].impression has no event_type",
        "[{\"impression\":#,\"events\":[]}]             | impressions[0] has an impression and a past",
        "[{\"impression\":#,\"past\":{}}]               | impressions[0].past must be a list",
        "[{\"impression\":#,\"past\":[{}]}]             | impressions[0].past[0] has no event_type",
        "[{\"impression\":#\"ad\":1}}]                  | impressions[0].impression.ad is no field of an event",
      })
  void wrongRequest_isRefused(String impressions, String why) throws Exception {
    promote(TestModels.clickStump(-1, 1));
    String whole = "{\"event_type\":\"ad_impression\",\"event_time\":1}";
    String open = "{\"event_type\":\"ad_impression\",\"event_time\":1,";
    String body = impressions.replace("#\"", open + '"').replace("#", whole);
    try (var server = new InferenceServer(folder)) {
      HttpResponse<String> answer = server.post("/v1/score", "{\"impressions\":" + body + "}");

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains(why);
    }
  }

  private void promote(Map<String, String> files) {
    TestModels.saveVersion(folder.resolve("p_click"), "one", files);
    TestModels.promote(folder.resolve("p_click"), "one");
  }

  private static JsonNode scores(InferenceServer server, String... impressions) throws Exception {
    HttpResponse<String> answer =
        server.post("/v1/score", "{\"impressions\":[" + String.join(",", impressions) + "]}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).path("scores");
  }

  private static String asked(EnrichedEvent impression, List<EnrichedEvent> past) {
    return "{\"impression\":" + impression + ",\"past\":" + past + "}";
  }

  private static EnrichedEvent viewed() {
    return TestRecords.event("p", _ -> {});
  }

  private static EnrichedEvent shown(String ad) {
    return TestRecords.event(
        "i",
        each ->
            each.setEventType("ad_impression")
                .setAdId(ad)
                .setProperties(Map.of("position", "2", "x", "y")));
  }
}
