package io.weir.stream.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.http.ListenAddress;
import io.weir.http.WebServer;
import io.weir.stream.ops.ClickScores;
import io.weir.stream.ops.Scores;
import io.weir.stream.query.cluster.PeerClient.PeerAnswer;
import io.weir.stream.query.visitor.FakeGroup;
import io.weir.stream.query.visitor.StateReader.Lookup;
import io.weir.stream.query.visitor.VisitorViews;
import io.weir.stream.session.Events;
import io.weir.stream.session.Sessionizer;
import io.weir.stream.session.visitor.VisitorState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The open sessions of visitors in the fields of the topic. */
class OpenSessionsApiTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final FakeGroup GROUP = new FakeGroup();

  @SuppressWarnings("NullAway.Init") // JUnit calls start first
  private static WebServer server;

  private final VisitorState state = new VisitorState();

  @BeforeAll
  static void start() {
    server =
        WebServer.of(
            new ListenAddress("stream", "127.0.0.1", 0),
            GROUP.routing(),
            new VisitorViews(
                Events.RULES, new Scores(10), new ClickScores(10), UnaryOperator.identity()));
    server.start();
  }

  @BeforeEach
  void place() {
    GROUP.asked.clear();
    GROUP.answers.clear();
    GROUP.place(FakeGroup.SELF);
    GROUP.live = new Lookup.Found(state, Lookup.LIVE);
    var sessionizer = new Sessionizer(Events.RULES);
    sessionizer.accept(state, Events.pageView("a", Events.T0), Events.T0);
    sessionizer.accept(state, Events.purchase("b", Events.T0 + 1_000, 50_000), Events.T0);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private HttpResponse<String> ask(String body) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(address("/v1/sessions/open"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(address(path)).build(), BodyHandlers.ofString());
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private JsonNode one(String visitor) throws Exception {
    HttpResponse<String> answer = ask("{\"visitors\":[\"" + visitor + "\"]}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode visitors = JSON.readTree(answer.body()).path("visitors");
    assertThat(visitors).hasSize(1);
    return visitors.get(0);
  }

  @Test
  void openSession_hasTheFieldsOfTheTopic_asOfBeforeThePurchase() throws Exception {
    HttpResponse<String> answer = get("/v1/visitors/a%2Fb/open-session");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode session = JSON.readTree(answer.body()).path("session");
    assertThat(session.path("start_time").asLong()).isEqualTo(Events.T0);
    assertThat(session.path("visitor_session_number").asInt()).isEqualTo(1);
    assertThat(session.path("is_converted").asBoolean()).isTrue();
    assertThat(session.path("features").path("events").asInt()).isEqualTo(1);
    assertThat(session.has("pages")).isFalse();
  }

  @Test
  void visitorOfAnotherInstance_isAskedForThere() throws Exception {
    String there = get("/v1/visitors/a%2Fb/open-session").body();
    owner(200, there);

    JsonNode found = one("a/b");

    assertThat(GROUP.asked).containsExactly("owner /v1/visitors/a%2Fb/open-session");
    assertThat(found).isEqualTo(JSON.readTree(there));
    assertThat(found.path("session").path("features").path("events").asInt()).isEqualTo(1);
  }

  @Test
  void absentVisitorOfAnotherInstance_isNotKnown() throws Exception {
    GROUP.live = new Lookup.Absent(Lookup.LIVE);
    String there = get("/v1/visitors/nobody/open-session").body();
    owner(404, there);

    assertNone("nobody", false, "visitor nobody is not known, or has no open session");
    assertThat(get("/v1/visitors/nobody/open-session").statusCode()).isEqualTo(404);
  }

  @Test
  void olderInstance_doesNotSayThatTheVisitorIsNotKnown() throws Exception {
    for (String older : new String[] {get("/v1/visitors/a/open").body(), "{}", "null", "gone"}) {
      owner(404, older);

      assertNone("a", true, "the instance that has it does not know this question");
      HttpResponse<String> single = get("/v1/visitors/a/open-session");
      assertThat(single.statusCode()).isEqualTo(503);
      assertThat(single.headers().firstValue("Retry-After")).isPresent();
    }
  }

  @Test
  void instanceThatCannotSay_isUnavailable() throws Exception {
    owner(500, "{}");
    assertNone("a", true, "the instance that has it answers with status 500");
    for (String unread : new String[] {"null", "{"}) {
      owner(200, unread);
      assertNone("a", true, "the instance that has it answers otherwise");
    }
    GROUP.answers.clear();
    assertNone("a", true, "no copy");
    GROUP.owners = Optional.empty();
    assertNone("a", true, "the group has not decided yet who has this visitor");
  }

  private static void owner(int status, String body) {
    GROUP.live = new Lookup.Unavailable("not here");
    GROUP.place(FakeGroup.OWNER);
    GROUP.answers.put(
        FakeGroup.OWNER, new PeerAnswer(status, "application/json", Optional.empty(), body));
  }

  private void assertNone(String visitor, boolean isUnavailable, String problem) throws Exception {
    JsonNode none = one(visitor);
    assertThat(none.path("session").isNull()).isTrue();
    assertThat(none.path("problem").asText()).isEqualTo(problem);
    assertThat(none.path("is_unavailable")).hasToString(Boolean.toString(isUnavailable));
  }

  @Test
  void visitorWithoutAnOpenSession_hasAProblemInPlaceOfIt() throws Exception {
    GROUP.live = new Lookup.Absent(Lookup.LIVE);
    JsonNode absent = one("nobody");
    assertThat(absent.path("session").isNull()).isTrue();
    assertThat(absent.path("is_unavailable")).hasToString("false");
    assertThat(absent.path("visitor_id").asText()).isEqualTo("nobody");
    assertThat(absent.path("problem").asText())
        .isEqualTo("visitor nobody is not known, or has no open session");
    assertThat(get("/v1/visitors/nobody/open-session").statusCode()).isEqualTo(404);

    GROUP.live = new Lookup.Found(state, Lookup.LIVE);
    new Sessionizer(Events.RULES).settle("a", state, Events.T0 + 3_600_000, _ -> {});
    assertThat(one("a").path("problem").isTextual()).isTrue();
  }

  @Test
  void wrongQuestions_areRefused() throws Exception {
    String tooMany = String.join(",", Collections.nCopies(1_001, "\"a\""));
    for (String body :
        new String[] {"{}", "{\"visitors\":[]}", "{\"visitors\":[" + tooMany + "]}", "{", "7"}) {
      assertThat(ask(body).statusCode()).as(body).isEqualTo(400);
    }
    assertThat(ask("{\"visitors\":[null]}").statusCode()).isEqualTo(400);
    assertThat(ask("{\"visitors\":[\" \"]}").statusCode()).isEqualTo(400);
  }

  /** A number with zeros before it, or one in another notation, would be another visitor. */
  @Test
  void idThatIsNoText_isRefused() throws Exception {
    for (String id : new String[] {"false", "12", "1e5", "{}", "[\"a\"]", "1e999999999"}) {
      HttpResponse<String> answer = ask("{\"visitors\":[" + id + "]}");

      assertThat(answer.statusCode()).as(id + answer.body()).isEqualTo(400);
      assertThat(answer.body()).as(id).contains("list of texts");
    }
    assertThat(ask("{\"visitors\":[null]}").statusCode()).isEqualTo(400);
    assertThat(ask("{\"visitors\":" + "[".repeat(50_000)).statusCode()).isEqualTo(400);
  }
}
