package io.weir.stream.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.contract.RejectReason;
import io.weir.http.ListenAddress;
import io.weir.http.WebServer;
import io.weir.stream.processor.RefusedExamples;
import io.weir.stream.query.cluster.Forwarder;
import io.weir.stream.query.cluster.Survey;
import io.weir.stream.query.metrics.MemoryCells;
import io.weir.stream.query.quality.GroupQuality;
import io.weir.stream.query.quality.GroupRefused;
import io.weir.stream.query.quality.OwnMinutes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two instances over HTTP, each with the cells of one partition. */
class QualityApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-05-20T10:07:30Z"), ZoneOffset.UTC);
  private static final String MINUTE = "2026-05-20T10:06:00Z";

  private final Forwarder forwarder = new Forwarder(Duration.ofSeconds(5));
  private final MemoryCells first = MemoryCells.of(0);
  private final MemoryCells second = MemoryCells.of(1);
  private WebServer asked;
  private WebServer other;
  private List<HostInfo> peers = List.of();
  private final List<RefusedExamples> refused = new ArrayList<>();

  @BeforeEach
  void start() {
    asked = server(first, () -> peers);
    other = server(second, List::of);
    peers = List.of(new HostInfo("127.0.0.1", other.port()));
    put(first, 0, MINUTE, "received", 10, 500);
    put(first, 0, MINUTE, "accepted", 7, 0);
    put(first, 0, MINUTE, "rekeyed", 3, 0);
    put(second, 1, MINUTE, "received", 5, 1_000);
    put(second, 1, MINUTE, "returned", 2, 0);
    put(second, 1, MINUTE, "accepted", 3, 0);
    put(second, 1, MINUTE, "late", 1, 0);
    put(second, 1, MINUTE, "robot", 2, 0);
    put(second, 1, MINUTE, "duplicate", 1, 0);
    put(second, 1, MINUTE, "rejected:not_json", 2, 0);
  }

  private WebServer server(MemoryCells cells, Supplier<List<HostInfo>> others) {
    WebServer server = WebServer.of(new ListenAddress("stream", "127.0.0.1", 0));
    var survey = new Survey(others, forwarder, JsonAnswers.of(server));
    var examples = new RefusedExamples();
    refused.add(examples);
    server.register(new GroupQuality(cells, survey, 2, CLOCK), new GroupRefused(examples, survey));
    server.start();
    return server;
  }

  private static void put(
      MemoryCells cells, int partition, String minute, String outcome, long records, long delay) {
    long start = Instant.parse(minute).toEpochMilli();
    cells.put(
        partition,
        new GoldKey(Subject.QUALITY, Grain.MINUTE, Dimension.OUTCOME, false, start, outcome),
        cell -> {
          cell.setEvents(records);
          cell.setDurationMs(delay);
        });
  }

  @AfterEach
  void stop() {
    asked.close();
    other.close();
    forwarder.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + asked.port() + path);
    return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Test
  void answer_hasTheSumsOfBothInstances() throws Exception {
    put(first, 0, "2026-05-20T09:07:00Z", "received", 1, 0);
    put(first, 0, "2026-05-20T10:08:00Z", "received", 1, 0);

    JsonNode answer = JSON.readTree(get("/v1/quality").body());

    assertThat(answer.path("from").asText()).isEqualTo("2026-05-20T09:08:00Z");
    assertThat(answer.path("complete").asBoolean()).isTrue();
    assertThat(answer.path("minutes"))
        .containsExactly(
            JSON.readTree(
                """
                {"minute":"2026-05-20T10:06:00Z","received":15,"returned":2,"accepted":10,"late":1,
                 "robots":2,"duplicates":1,"rekeyed":3,"rejected":{"not_json":2},"balance":1,
                 "delayMs":100}
                """));
  }

  @Test
  void rejected_areTheNewestOfEachReason_ofBothInstances() throws Exception {
    for (int i = 0; i < 7; i++) {
      refuse(refused.get(i % 2), RejectReason.NOT_JSON, i);
    }
    refuse(refused.get(1), RejectReason.BAD_TIME, 13);
    // Processed again after a lost transaction, by the same instance and by another.
    refuse(refused.get(0), RejectReason.NOT_JSON, 6);
    refuse(refused.get(1), RejectReason.NOT_JSON, 6);

    JsonNode answer = JSON.readTree(get("/v1/quality/rejected").body());

    assertThat(answer.path("missing")).isEmpty();
    assertThat(answer.path("records").findValuesAsText("offset"))
        .containsExactly("13", "6", "5", "4", "3", "2");
    assertThat(answer.path("records").path(1))
        .isEqualTo(
            JSON.readTree(
                """
                {"reason":"not_json","detail":"no JSON <6>","partition":2,"offset":6,
                 "appendTime":"1970-01-01T00:00:06Z"}
                """));

    other.close();
    assertThat(JSON.readTree(get("/v1/quality/rejected").body()).path("missing")).hasSize(1);
  }

  private static void refuse(RefusedExamples examples, RejectReason reason, int i) {
    examples.add(
        reason,
        new RefusedExamples.Example(reason.code(), "no JSON <" + i + ">", 2, i, i * 1_000L));
  }

  @Test
  void unbalanced_areTheRecordsOfTheLastHour_withoutTheNewestMinutes() {
    var minutes = new OwnMinutes(second, CLOCK);
    assertThat(minutes.unbalanced()).isZero();

    put(second, 1, "2026-05-20T10:05:00Z", "received", 3, 0);
    put(second, 1, "2026-05-20T10:04:00Z", "accepted", 2, 0);
    put(second, 1, "2026-05-20T09:05:00Z", "received", 100, 0);

    assertThat(minutes.unbalanced()).isEqualTo(3 + 2);
  }

  @Test
  void silentInstance_isNamed() throws Exception {
    other.close();

    JsonNode answer = JSON.readTree(get("/v1/quality").body());

    assertThat(answer.path("complete").asBoolean()).isFalse();
    assertThat(answer.path("missing")).hasSize(1);
    assertThat(answer.path("missingPartitions").get(0).asInt()).isEqualTo(1);
    assertThat(answer.path("minutes").get(0).path("received").asLong()).isEqualTo(10);
  }

  @Test
  void partitionThatMoves_isLeftOut() throws Exception {
    second.moving.add(1);

    JsonNode answer = JSON.readTree(get("/v1/quality").body());

    assertThat(answer.path("missingPartitions").get(0).asInt()).isEqualTo(1);
    assertThat(answer.path("minutes").get(0).path("received").asLong()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=yesterday",
        "to=2026-05-20",
        "from=2026-05-20T10:00:00Z&to=2026-05-20T10:00:00Z",
        "from=2026-05-18T09:59:59Z&to=2026-05-20T10:00:00Z",
        "to=-0001-01-01T00:00:00Z",
        "grain=day"
      })
  void questionWithoutAnAnswer_isRefused(String query) throws Exception {
    HttpResponse<String> response = get("/v1/quality?" + query);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("detail");
  }
}
