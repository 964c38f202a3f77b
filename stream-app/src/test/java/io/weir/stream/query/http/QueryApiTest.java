package io.weir.stream.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.http.ListenAddress;
import io.weir.http.WebServer;
import io.weir.process.Settings;
import io.weir.stream.StreamConfig;
import io.weir.stream.ops.ClickScores;
import io.weir.stream.ops.Scores;
import io.weir.stream.query.visitor.FakeGroup;
import io.weir.stream.query.visitor.StateReader.Lookup;
import io.weir.stream.query.visitor.VisitorViews;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP side over a group that is faked: every error has the form of RFC 9457. */
class QueryApiTest {
  private static final FakeGroup GROUP = new FakeGroup();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static WebServer server;

  @BeforeAll
  static void start() {
    server =
        WebServer.of(
            new ListenAddress("stream", "127.0.0.1", 0),
            GROUP.routing(),
            new VisitorViews(
                StreamConfig.from(Settings.of(Map.of())).sessionRules(),
                new Scores(10),
                new ClickScores(10),
                UnaryOperator.identity()));
    server.start();
    GROUP.live = FakeGroup.found(Lookup.LIVE);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/nothing | 404 | there is nothing at /nothing; /openapi.yaml lists what there is",
        "/v1/visitors/a?limt=3 | 400 | no parameter limt here; none is known",
        "/v1/visitors/a/sessions?limt=3 | 400 | no parameter limt here; [before, limit] known",
        "/v1/visitors/a/sessions?limit=1&limit=2 | 400 | limit is given 2 times; once is right",
        "/v1/visitors/a/sessions?limit=0 | 400 | limit=0 is not a whole number from 1 to 500",
        "/v1/visitors/a/sessions?limit=x | 400 | limit=x is not a whole number from 1 to 500",
        "/v1/visitors/%20 | 400 | the visitor id is empty; it is an anonymous id or a user id",
        "/v1/visitors/a%00b | 400 | the visitor id has control characters",
        "/v1/sessions/0a-1 | 400 | the visitor id is empty; it is an anonymous id or a user id",
        "/v1/sessions/0a-1?visitor=a | 404 | visitor a has no session 0a-1 in memory"
      })
  void badQuestion_isAProblemThatSaysWhatIsRight(String path, int status, String detail)
      throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertProblem(answer, status, detail);
  }

  @Test
  void longId_isRefused() throws Exception {
    assertProblem(
        get("/v1/visitors/" + "x".repeat(256)),
        400,
        "the visitor id has 256 characters; at most 255 are right");
    assertThat(get("/v1/visitors/" + "x".repeat(255)).statusCode()).isEqualTo(200);
  }

  @Test
  void emptyId_isRefused() throws Exception {
    assertThat(get("/v1/visitors/").statusCode()).isBetween(400, 404);
    assertThat(get("/v1/visitors/").headers().firstValue("Content-Type"))
        .contains("application/problem+json");
  }

  @Test
  void wrongMethod_isRefused() throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            request("/v1/visitors/a").POST(BodyPublishers.ofString("{}")).build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(JSON.readTree(answer.body()).path("detail").asText()).contains("POST");
  }

  @ParameterizedTest
  @CsvSource({
    "a%2Fb,a/b",
    "a%20b,a b",
    "a%25b,a%b",
    "a%2Bb,a+b",
    "a+b,a+b",
    "a&b;c=d:e@f,a&b;c=d:e@f",
    "%C3%A4,ä",
    "a%252Fb,a%2Fb"
  })
  void oddId_arrivesAsItIs(String written, String meant) throws Exception {
    HttpResponse<String> answer = get("/v1/visitors/" + written);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode visitor = JSON.readTree(answer.body());
    assertThat(visitor.path("visitorId").asText()).isEqualTo(meant);
    assertThat(visitor.path("openSession").isNull()).isTrue();
    assertThat(visitor.path("recentSessions").isArray()).isTrue();
  }

  @Test
  void unexpectedFailure_isAProblemWithoutInternals() throws Exception {
    // The beans behind it are missing here.
    assertProblem(get("/v1/topology"), 500, "unexpected; the log of this instance says more");
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String detail)
      throws IOException {
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.path("type").asText()).isEqualTo("about:blank");
    assertThat(problem.path("title").asText()).isNotEmpty();
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("detail").asText()).isEqualTo(detail);
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(request(path).build(), BodyHandlers.ofString());
  }
}
