package io.weir.tools.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.process.StartupException;
import io.weir.process.tls.PeerTrust;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestCellsTest {
  private static final Instant DAY = Instant.parse("2026-03-28T23:00:00Z");
  private static final BucketRange ONE_DAY =
      new BucketRange(DAY, Instant.parse("2026-03-29T22:00:00Z"));
  private static final String NO_ROWS = "{\"complete\": true, \"rows\": []}";

  private final List<String> questions = new ArrayList<>();
  private HttpServer server;
  private URI address;
  private RestCells rest;
  private int status = 200;
  private int tooMany;
  private String retryAfter = "";
  private final List<Duration> pauses = new ArrayList<>();
  private Function<String, String> answers = _ -> NO_ROWS;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/",
        exchange -> {
          String question = exchange.getRequestURI().toString();
          questions.add(question);
          boolean isKnown =
              "Bearer a-key".equals(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] answer = answers.apply(question).getBytes(UTF_8);
          if (tooMany-- > 0) {
            status = 429;
            if (!retryAfter.isEmpty()) {
              exchange.getResponseHeaders().set("Retry-After", retryAfter);
            }
          } else if (status == 429) {
            status = 200;
          }
          exchange.sendResponseHeaders(isKnown ? status : 401, answer.length);
          try (var out = exchange.getResponseBody()) {
            out.write(answer);
          }
        });
    server.start();
    address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    rest =
        new RestCells(
            address,
            ZoneId.of("Europe/Berlin"),
            Optional.of("a-key"),
            PeerTrust.usual(),
            pauses::add);
  }

  @AfterEach
  void stop() {
    rest.close();
    server.stop(0);
  }

  private static String row(String more) {
    return "{\"complete\": true, \"rows\": [{\"start\": \"2026-03-29T00:00:00+01:00\","
        + more
        + "}]}";
  }

  @Test
  void answerThatIsTooLong_isNotReadToItsEnd() {
    answers = _ -> " ".repeat(65 << 20) + NO_ROWS;

    assertThatThrownBy(() -> rest.cells(RestCells.DAYS, ONE_DAY))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("does not answer");
  }

  @Test
  void rows_becomeCells_andZerosNone() {
    answers =
        question -> {
          if (question.contains("bots=only")) {
            return row("\"value\": 0");
          }
          String group = question.contains("by=country") ? "\"group\": \"DE\"," : "";
          return question.contains("/revenue?")
              ? row(group + "\"currency\": \"EUR\", \"value\": 922337203685477580.70001")
              : row(group + "\"value\": 3");
        };

    Map<String, BigDecimal> figures =
        Map.of(
            "sessions", new BigDecimal("3"),
            "converted_sessions", new BigDecimal("3"),
            "purchases", new BigDecimal("3"),
            "revenue EUR", new BigDecimal("922337203685477580.70001"));
    long start = DAY.toEpochMilli();
    assertThat(rest.cells(RestCells.DAYS, ONE_DAY))
        .isEqualTo(
            Map.of(
                new CellKey(RestCells.DAYS, "", start, false, ""), figures,
                new CellKey(RestCells.DAYS, "country", start, false, "DE"), figures));
  }

  @Test
  void questions_nameZoneSideAndWholeDays_aWeekAtOnce() {
    rest.cells(RestCells.DAYS, new BucketRange(DAY, Instant.parse("2026-04-06T22:00:00Z")));

    assertThat(questions)
        .hasSize(2 * 2 * 2 * 4)
        .contains(
            "/v1/metrics/sessions?grain=day&format=json&from=2026-03-28T23:00:00Z"
                + "&to=2026-04-04T22:00:00Z&zone=Europe%2FBerlin&bots=exclude",
            "/v1/metrics/revenue?grain=day&format=json&from=2026-04-04T22:00:00Z"
                + "&to=2026-04-06T22:00:00Z&zone=Europe%2FBerlin&bots=only&by=country&top=1000");
  }

  @Test
  void otherSubjects_areAskedByTheirOwnDimensions() {
    answers =
        question ->
            question.contains("bots=only")
                ? row("\"value\": 0")
                : row(question.contains("by=") ? "\"group\": \"x\", \"value\": 2" : "\"value\": 1");
    long start = DAY.toEpochMilli();
    var visitors = new CellGroup(Subject.VISITORS, Grain.DAY);
    var late = new CellGroup(Subject.LATE, Grain.DAY);
    var products = new CellGroup(Subject.PRODUCTS, Grain.DAY);

    assertThat(rest.cells(visitors, ONE_DAY))
        .isEqualTo(
            Map.of(
                new CellKey(visitors, "previous_day", start, false, ""),
                Map.of("visitors", BigDecimal.ONE)));
    assertThat(questions).hasSize(1);
    assertThat(rest.cells(late, ONE_DAY))
        .isEqualTo(
            Map.of(new CellKey(late, "", start, false, ""), Map.of("events", BigDecimal.ONE)));
    assertThat(rest.cells(products, ONE_DAY).keySet())
        .containsExactly(new CellKey(products, "category", start, false, "x"));
  }

  @Test
  void answerWithoutAPartition_isNoAnswer() {
    answers = _ -> "{\"complete\": false, \"missingPartitions\": [3], \"rows\": []}";
    fails("without the partitions [3]");
  }

  @Test
  void refusal_isToldWithItsReason() {
    status = 503;
    answers = _ -> "{\"title\": \"partitions are moving\"}";
    fails("answers 503: {\"title\": \"partitions are moving\"}");
  }

  @ParameterizedTest
  @CsvSource({"3,3", "0,0", "999999,30", "'',1", "soon,1"})
  void tooManyQuestions_areAskedAgainWhenStreamAppWants(String wanted, int seconds) {
    answers = _ -> row("\"value\": 3");
    retryAfter = wanted;
    tooMany = 2;

    assertThat(rest.cells(new CellGroup(Subject.VISITORS, Grain.DAY), ONE_DAY)).hasSize(1);
    assertThat(questions).hasSize(3);
    assertThat(pauses).isEqualTo(Collections.nCopies(2, Duration.ofSeconds(seconds)));
  }

  @Test
  void tooManyQuestionsForEver_areAnEnd() {
    tooMany = Integer.MAX_VALUE;
    fails("answers 429");
    assertThat(pauses).hasSize(20);
  }

  @Test
  void cartsWithoutAReport_areALine() {
    var said = new StringWriter();
    assertThat(RestCarts.areOffered(rest, new PrintWriter(said))).isTrue();
    assertThat(said.toString()).isEmpty();

    status = 503;
    assertThat(RestCarts.areOffered(rest, new PrintWriter(said))).isFalse();
    assertThat(said.toString()).contains("Carts of visitors are not compared over REST");
  }

  @Test
  void countriesWithoutNames_areRefused() {
    answers = _ -> row("\"group\": \"(rest)\", \"value\": 1");
    fails("names 1000 values of");
  }

  @Test
  void anotherServer_isRecognised() {
    answers = _ -> "<html>";
    fails("does not answer JSON");
    answers = _ -> "[]";
    fails("without the partitions");
  }

  @Test
  void closedPort_isToldWithTheOption() {
    server.stop(0);
    fails("does not answer");
  }

  @Test
  void wrongKey_isToldWithTheSetting() {
    rest =
        new RestCells(
            address, ZoneId.of("Europe/Berlin"), Optional.of("another"), PeerTrust.usual());
    fails("wants a key: set WEIR_HTTP_KEY");
  }

  private void fails(String message) {
    assertThatThrownBy(() -> rest.cells(RestCells.DAYS, ONE_DAY))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(message);
  }
}
