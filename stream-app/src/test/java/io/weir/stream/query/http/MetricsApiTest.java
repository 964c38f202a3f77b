package io.weir.stream.query.http;

import static io.weir.stream.query.http.MetricsNode.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.stream.query.metrics.MemoryCells;
import io.weir.testkit.OpenApiSchema;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two instances over HTTP, each with the cells of one partition. */
class MetricsApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final MemoryCells FIRST = MemoryCells.of(0);
  private static final MemoryCells SECOND = MemoryCells.of(1);
  private static MetricsNode asked;
  private static MetricsNode other;
  private static List<HostInfo> peers = List.of();

  @BeforeAll
  static void start() {
    asked = MetricsNode.ofTwo(FIRST, () -> peers);
    other = MetricsNode.ofTwo(SECOND, List::of);
    for (String country : List.of("DE", "a|b", "=cmd", "", "ü+&%")) {
      put(FIRST, 0, country, 2);
      put(SECOND, 1, country, 40);
    }
    FIRST.settled(0, "UTC", "2026-05-19T00:00:00Z");
    SECOND.settled(1, "UTC", "2026-05-02T00:00:00Z");
  }

  private static void put(MemoryCells cells, int partition, String country, long sessions) {
    cells.put(
        partition,
        MemoryCells.sessions(Grain.DAY, Dimension.COUNTRY, "2026-05-01T00:00:00Z", country),
        cell -> {
          cell.setSessions(sessions);
          cell.setRevenue(Map.of("EUR", "9007199254740993.25"));
        });
  }

  @BeforeEach
  void everybodyAnswers() {
    peers = List.of(other.address());
  }

  @AfterAll
  static void stop() {
    asked.close();
    other.close();
  }

  @Test
  void list_namesEveryDefinition() throws Exception {
    JsonNode metrics = JSON.readTree(asked.get("/v1/metrics").body()).path("metrics");

    assertThat(metrics.findValuesAsText("name")).contains("conversion_rate", "new_visitors");
    assertThat(metrics.get(0).path("sentence").asText()).isEqualTo("Closed sessions.");
    assertThat(metrics.get(0).path("dimensions").get(0).asText()).isEqualTo("device");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/metrics, MetricList",
    "/v1/metrics/sessions?by=country&, MetricAnswer",
    "/v1/metrics/revenue?compare=previous&, MetricAnswer",
    "/v1/metrics/conversion_rate?zone=Europe/Berlin&filter=country:x&, MetricAnswer"
  })
  void answers_fitTheDocument(String path, String schema) throws Exception {
    Map<?, ?> answer =
        JSON.readValue(asked.get(path.endsWith("&") ? path + DAY : path).body(), Map.class);

    assertThat(
            OpenApiSchema.at(ReportDocumentTest.document(), "components", "schemas", schema)
                .faults(answer))
        .isEmpty();
  }

  @Test
  void answer_hasTheSumsOfBothInstances() throws Exception {
    JsonNode answer = JSON.readTree(asked.get("/v1/metrics/sessions?by=country&" + DAY).body());

    assertThat(answer.path("complete").asBoolean()).isTrue();
    assertThat(answer.path("finalUntil").asText()).isEqualTo("2026-05-02T00:00:00Z");
    assertThat(answer.path("metric").path("formula").asText()).isEqualTo("sum(sessions)");
    assertThat(answer.path("rows")).hasSize(5);
    JsonNode row = answer.path("rows").get(0);
    assertThat(row.path("value").asLong()).isEqualTo(42);
    assertThat(row.path("isFinal").asBoolean()).isTrue();
    assertThat(row.has("currency")).isFalse();
  }

  @Test
  void money_keepsEveryDigit() throws Exception {
    assertThat(asked.get("/v1/metrics/revenue?filter=country:DE&" + DAY).body())
        .contains("\"value\":18014398509481986.5000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DE", "a|b", "=cmd", "", "ü+&%"})
  void filter_reachesTheOtherInstanceAsItIs(String country) throws Exception {
    String filter = URLEncoder.encode("country:" + country, StandardCharsets.UTF_8);

    JsonNode answer =
        JSON.readTree(asked.get("/v1/metrics/sessions?filter=" + filter + "&" + DAY).body());

    assertThat(answer.path("rows").get(0).path("value").asLong()).isEqualTo(42);
  }

  @Test
  void commaInAFilter_separatesNothing() throws Exception {
    JsonNode answer =
        JSON.readTree(asked.get("/v1/metrics/sessions?filter=country:DE,x&" + DAY).body());

    assertThat(answer.path("filters")).hasSize(1);
    assertThat(answer.path("filter").asText()).isEqualTo("country:DE,x");
    assertThat(answer.path("rows").get(0).path("value").asLong()).isZero();
  }

  @Test
  void equalFilters_areOne() throws Exception {
    JsonNode answer =
        JSON.readTree(
            asked.get("/v1/metrics/sessions?filter=country:DE&filter=country:DE&" + DAY).body());

    assertThat(answer.path("filter").asText()).isEqualTo("country:DE");
    assertThat(answer.path("filters")).hasSize(1);
    assertThat(answer.path("source").asText()).isEqualTo("state");
    assertThat(answer.path("rows").get(0).path("value").asLong()).isEqualTo(42);
  }

  @Test
  void csv_hasTheRows() throws Exception {
    HttpResponse<String> answer = asked.get("/v1/metrics/sessions?format=csv&by=country&" + DAY);

    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(answer.body())
        .startsWith("metric,start,end,is_final,group,currency,value,previous\r\n")
        .contains("\r\nsessions,2026-05-01T00:00:00Z,2026-05-02T00:00:00Z,true,'=cmd,,42,\r\n")
        .contains(",ü+&%,,42,");
  }

  @Test
  void silentInstance_isNamed() throws Exception {
    peers = List.of(new HostInfo("127.0.0.1", 1));

    JsonNode answer = JSON.readTree(asked.get("/v1/metrics/sessions?by=country&" + DAY).body());

    assertThat(answer.path("complete").asBoolean()).isFalse();
    assertThat(answer.path("missing").get(0).asText()).isEqualTo("127.0.0.1:1");
    assertThat(answer.path("missingPartitions").get(0).asInt()).isEqualTo(1);
    assertThat(answer.path("rows").get(0).path("isFinal").asBoolean()).isFalse();
    assertThat(answer.path("finalUntil").isNull()).isTrue();
  }

  @Test
  void movingPartition_isARequestToAskAgain() throws Exception {
    peers = List.of(asked.address());

    HttpResponse<String> answer = asked.get("/v1/metrics/sessions?" + DAY);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }
}
