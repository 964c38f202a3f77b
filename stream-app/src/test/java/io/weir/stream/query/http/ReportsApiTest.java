package io.weir.stream.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.http.ListenAddress;
import io.weir.http.WebServer;
import io.weir.stream.query.reports.ReportAnswer;
import io.weir.stream.query.reports.SessionReports;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports over HTTP where there is no PostgreSQL. */
class ReportsApiTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-05-20T10:07:00Z"), ZoneOffset.UTC);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static WebServer server;

  @BeforeAll
  static void start() {
    server = WebServer.of(new ListenAddress("stream", "127.0.0.1", 0));
    server.register(new SessionReports(Optional.empty(), ZoneOffset.UTC, CLOCK));
    server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void list_hasEachReportWithItsWays() throws Exception {
    JsonNode reports = JSON.readTree(get("").body()).path("reports");

    assertThat(reports.findValuesAsText("name")).contains("retention_weekly", "touches", "reached");
    assertThat(reports.get(0).path("ways").isArray()).isTrue();
    assertThat(reports.get(2).path("ways").get(0).asText()).isEqualTo("source");
    assertThat(reports.findValuesAsText("takesFilters")).contains("true", "false");
  }

  @ParameterizedTest
  @CsvSource({
    "/touches, 503, reports need PostgreSQL; set WEIR_POSTGRES_URL",
    "/touches?format=csv, 503, set WEIR_POSTGRES_URL",
    "/none, 404, no such report",
    "/touches?by=none, 400, 'takes by=source, medium, campaign'",
    "/carts?by=day, 400, takes no by",
    "/carts?to=0001-01-05, 400, from=0000-12-09 is not within 0001-01-02",
    "/carts?from=today, 400, no day such as 2026-03-01",
    "/carts?format=xml, 400, format is neither json nor csv",
    "/models?filter=country:DE, 400, models takes no filter",
    "/reached?filter=country, 400, 'is not a dimension, a colon and a value'",
    "/reached?filter=country:DE&filter=country:FR, 400, one for each is right",
    "/reached?filter=country:DE&filter=device:a%2Cb, 503, reports need PostgreSQL",
    "/carts?top=3, 400, no parameter top"
  })
  void unanswered_saysWhy(String path, int status, String reason) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(JSON.readTree(answer.body()).path("detail").asText()).contains(reason);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void csv_saysWhetherRowsAreMissing(boolean isTruncated) {
    var definition = new ReportAnswer.Definition("carts", "", List.of(), false);
    var answer =
        new ReportAnswer(
            definition,
            "",
            "",
            "UTC",
            null,
            List.of(),
            "",
            isTruncated,
            "",
            List.of("a"),
            List.of());

    assertThat(ReportsController.csv(answer).header("Weir-Truncated"))
        .isEqualTo(String.valueOf(isTruncated));
  }

  private static HttpResponse<String> get(String path) throws Exception {
    URI uri = URI.create(server.url() + "/v1/reports" + path);
    return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
