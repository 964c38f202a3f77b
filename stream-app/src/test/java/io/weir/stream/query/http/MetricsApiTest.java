package io.weir.stream.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.http.ListenAddress;
import io.weir.http.WebServer;
import io.weir.stream.gold.GoldRules;
import io.weir.stream.query.cluster.Forwarder;
import io.weir.stream.query.cluster.Survey;
import io.weir.stream.query.metrics.GroupMetrics;
import io.weir.stream.query.metrics.MemoryCells;
import io.weir.stream.query.metrics.MetricSources;
import io.weir.stream.query.metrics.SessionDatabase;
import io.weir.stream.query.metrics.SessionRows;
import io.weir.testkit.OpenApiSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-05-20T10:07:00Z"), ZoneOffset.UTC);
  private static final GoldRules RULES = GoldRules.of(ZoneOffset.UTC, GoldRules.USUAL_QUARTERS);
  private static final Forwarder FORWARDER = new Forwarder(Duration.ofSeconds(5));
  private static final MemoryCells FIRST = MemoryCells.of(0);
  private static final MemoryCells SECOND = MemoryCells.of(1);
  private static final String DAY = "from=2026-05-01&to=2026-05-01&grain=day";
  private static WebServer asked;
  private static WebServer other;
  private static List<HostInfo> peers = List.of();

  @BeforeAll
  static void start() {
    asked = server(FIRST, () -> peers);
    other = server(SECOND, List::of);
    for (String country : List.of("DE", "a|b", "=cmd", "", "ü+&%")) {
      put(FIRST, 0, country, 2);
      put(SECOND, 1, country, 40);
    }
    FIRST.settled(0, "UTC", "2026-05-19T00:00:00Z");
    SECOND.settled(1, "UTC", "2026-05-02T00:00:00Z");
  }

  private static WebServer server(MemoryCells cells, Supplier<List<HostInfo>> peers) {
    return server(cells, peers, Optional.empty());
  }

  private static WebServer server(
      MemoryCells cells, Supplier<List<HostInfo>> peers, Optional<SessionRows> sessions) {
    WebServer server = WebServer.of(new ListenAddress("stream", "127.0.0.1", 0));
    var survey = new Survey(peers, FORWARDER, JsonAnswers.of(server));
    var group = new GroupMetrics(cells, survey, 2, RULES, CLOCK);
    server.register(new MetricSources(group, sessions, RULES, CLOCK));
    server.start();
    return server;
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
    peers = List.of(new HostInfo("127.0.0.1", other.port()));
  }

  @AfterAll
  static void stop() {
    asked.close();
    other.close();
    FORWARDER.close();
  }

  @Test
  void list_namesEveryDefinition() throws Exception {
    JsonNode metrics = JSON.readTree(get("/v1/metrics").body()).path("metrics");

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
        JSON.readValue(get(path.endsWith("&") ? path + DAY : path).body(), Map.class);

    assertThat(
            OpenApiSchema.at(ReportDocumentTest.document(), "components", "schemas", schema)
                .faults(answer))
        .isEmpty();
  }

  @Test
  void answer_hasTheSumsOfBothInstances() throws Exception {
    JsonNode answer = JSON.readTree(get("/v1/metrics/sessions?by=country&" + DAY).body());

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
    assertThat(get("/v1/metrics/revenue?filter=country:DE&" + DAY).body())
        .contains("\"value\":18014398509481986.5000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DE", "a|b", "=cmd", "", "ü+&%"})
  void filter_reachesTheOtherInstanceAsItIs(String country) throws Exception {
    String filter = URLEncoder.encode("country:" + country, StandardCharsets.UTF_8);

    JsonNode answer =
        JSON.readTree(get("/v1/metrics/sessions?filter=" + filter + "&" + DAY).body());

    assertThat(answer.path("rows").get(0).path("value").asLong()).isEqualTo(42);
  }

  @Test
  void severalFilters_needPostgres() throws Exception {
    HttpResponse<String> answer =
        get("/v1/metrics/sessions?filter=country:DE&filter=city:a,b&" + DAY);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .isEqualTo("application/problem+json");
    assertThat(JSON.readTree(answer.body()).path("detail").asText())
        .contains("several filters", "need PostgreSQL; set WEIR_POSTGRES_URL");
    assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
  }

  /** The server accepts connections and says nothing, so both connections are in use. */
  @Test
  void busyPostgres_isAskedAgainLater() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SessionDatabase database = database(silent.getLocalPort());
        WebServer server =
            server(FIRST, List::of, Optional.of(new SessionRows(database, Duration.ZERO)))) {
      String path = "/v1/metrics/sessions?filter=country:DE&filter=city:a&" + DAY;
      HttpRequest question = HttpRequest.newBuilder(URI.create(server.url() + path)).build();
      List<CompletableFuture<HttpResponse<String>>> answers =
          Stream.generate(() -> HTTP.sendAsync(question, BodyHandlers.ofString()))
              .limit(3)
              .toList();

      var details = new ArrayList<String>();
      for (CompletableFuture<HttpResponse<String>> each : answers) {
        HttpResponse<String> answer = each.get(20, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isEqualTo(503);
        details.add(
            answer.headers().firstValue("Retry-After").orElse("never")
                + ": "
                + JSON.readTree(answer.body()).path("detail").asText());
      }
      assertThat(details)
          .filteredOn(each -> each.startsWith("1: PostgreSQL is busy with other questions"))
          .hasSize(1);
      assertThat(details)
          .filteredOn(
              each -> each.startsWith("never: this needs PostgreSQL, which does not answer"))
          .hasSize(2);
    }
  }

  private static SessionDatabase database(int port) {
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/weir";
    return new SessionDatabase(
        new SessionDatabase.Address(url, "weir", ""), Duration.ofMillis(200));
  }

  @Test
  void commaInAFilter_separatesNothing() throws Exception {
    JsonNode answer = JSON.readTree(get("/v1/metrics/sessions?filter=country:DE,x&" + DAY).body());

    assertThat(answer.path("filters")).hasSize(1);
    assertThat(answer.path("filter").asText()).isEqualTo("country:DE,x");
    assertThat(answer.path("rows").get(0).path("value").asLong()).isZero();
  }

  @Test
  void equalFilters_areOne() throws Exception {
    JsonNode answer =
        JSON.readTree(
            get("/v1/metrics/sessions?filter=country:DE&filter=country:DE&" + DAY).body());

    assertThat(answer.path("filter").asText()).isEqualTo("country:DE");
    assertThat(answer.path("filters")).hasSize(1);
    assertThat(answer.path("source").asText()).isEqualTo("state");
    assertThat(answer.path("rows").get(0).path("value").asLong()).isEqualTo(42);
  }

  @Test
  void csv_hasTheRows() throws Exception {
    HttpResponse<String> answer = get("/v1/metrics/sessions?format=csv&by=country&" + DAY);

    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(answer.body())
        .startsWith("metric,start,end,is_final,group,currency,value,previous\r\n")
        .contains("\r\nsessions,2026-05-01T00:00:00Z,2026-05-02T00:00:00Z,true,'=cmd,,42,\r\n")
        .contains(",ü+&%,,42,");
  }

  @Test
  void silentInstance_isNamed() throws Exception {
    peers = List.of(new HostInfo("127.0.0.1", 1));

    JsonNode answer = JSON.readTree(get("/v1/metrics/sessions?by=country&" + DAY).body());

    assertThat(answer.path("complete").asBoolean()).isFalse();
    assertThat(answer.path("missing").get(0).asText()).isEqualTo("127.0.0.1:1");
    assertThat(answer.path("missingPartitions").get(0).asInt()).isEqualTo(1);
    assertThat(answer.path("rows").get(0).path("isFinal").asBoolean()).isFalse();
    assertThat(answer.path("finalUntil").isNull()).isTrue();
  }

  @Test
  void movingPartition_isARequestToAskAgain() throws Exception {
    peers = List.of(new HostInfo("127.0.0.1", asked.port()));

    HttpResponse<String> answer = get("/v1/metrics/sessions?" + DAY);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/metrics/nothing | 404 | no such metric; /v1/metrics lists them",
        "/v1/metrics/sessions?grian=day | 400 | no parameter grian here; [bots, by, compare,"
            + " filter, format, from, grain, to, top, zone] known",
        "/v1/metrics/sessions?by=page&by=page | 400 | by is given 2 times; once is right",
        "/v1/metrics/sessions?format=xml | 400 | format is neither json nor csv",
        "/v1/metrics/sessions?bots=maybe | 400 | bots=maybe is none of exclude, only, include",
        "/v1/cells/sessions?cells=week | 400 | cells=week is none of 15m, day",
        "/v1/cells/sessions | 400 | cells= is none of 15m, day"
      })
  void badQuestion_isAProblemThatSaysWhatIsRight(String path, int status, String detail)
      throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(JSON.readTree(answer.body()).path("detail").asText()).isEqualTo(detail);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=%00",
        "zone=%00",
        "zone=..%2F..%2Fetc",
        "by=%ED%A0%80",
        "filter=country%3A%ED%A0%80x",
        "filter=%00",
        "grain=%0D%0AX-A:b",
        "top=99999999999999999999",
        "from=999999999-01-01",
        "to=%2B999999999-12-31T23:59:59Z",
        "zone=%2B18:00",
        "compare=%EF%BF%BF",
        "bots="
      })
  void hostileParameter_neverFailsTheServer(String parameter) throws Exception {
    HttpResponse<String> answer = get("/v1/metrics/sessions?" + parameter);

    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 400);
    assertThat(answer.body()).hasSizeLessThan(100_000);
  }

  @Test
  void longParameter_isRefused() throws Exception {
    String value = "x".repeat(10_240);

    assertThat(get("/v1/metrics/sessions?zone=" + value).statusCode()).isIn(400, 413, 414);
    assertThat(get("/v1/metrics/sessions?filter=country:" + "x".repeat(2000)).statusCode())
        .isEqualTo(400);
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(asked.url() + path)).build(), BodyHandlers.ofString());
  }
}
