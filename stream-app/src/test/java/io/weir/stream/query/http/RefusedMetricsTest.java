package io.weir.stream.query.http;

import static io.weir.stream.query.http.MetricsNode.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.stream.query.metrics.MemoryCells;
import io.weir.stream.query.metrics.SessionDatabase;
import io.weir.stream.query.metrics.SessionRows;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions about metrics that are refused, now or for good, with the reason. */
class RefusedMetricsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static MetricsNode asked;

  @BeforeAll
  static void start() {
    MemoryCells cells = MemoryCells.of(0);
    cells.settled(0, "UTC", "2026-05-19T00:00:00Z");
    asked = MetricsNode.alone(cells, Optional.empty());
  }

  @AfterAll
  static void stop() {
    asked.close();
  }

  @Test
  void severalFilters_needPostgres() throws Exception {
    HttpResponse<String> answer =
        asked.get("/v1/metrics/sessions?filter=country:DE&filter=city:a,b&" + DAY);

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
        MetricsNode node =
            MetricsNode.alone(
                MemoryCells.of(0), Optional.of(new SessionRows(database, Duration.ZERO)))) {
      String path = "/v1/metrics/sessions?filter=country:DE&filter=city:a&" + DAY;
      HttpRequest question = HttpRequest.newBuilder(node.uri(path)).build();
      List<CompletableFuture<HttpResponse<String>>> answers =
          Stream.generate(() -> MetricsNode.HTTP.sendAsync(question, BodyHandlers.ofString()))
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
    HttpResponse<String> answer = asked.get(path);

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
    HttpResponse<String> answer = asked.get("/v1/metrics/sessions?" + parameter);

    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 400);
    assertThat(answer.body()).hasSizeLessThan(100_000);
  }

  @Test
  void longParameter_isRefused() throws Exception {
    String value = "x".repeat(10_240);

    assertThat(asked.get("/v1/metrics/sessions?zone=" + value).statusCode()).isIn(400, 413, 414);
    assertThat(asked.get("/v1/metrics/sessions?filter=country:" + "x".repeat(2000)).statusCode())
        .isEqualTo(400);
  }
}
