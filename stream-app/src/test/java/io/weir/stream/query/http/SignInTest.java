package io.weir.stream.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.http.ListenAddress;
import io.weir.http.WebServer;
import io.weir.process.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page behind keys: what everybody gets, and what a browser that signed in gets. */
class SignInTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String READER = "reader+key/1=";
  private static final String COOKIE = "weir-key=" + READER;

  private static WebServer server;

  @BeforeAll
  static void start() throws Exception {
    String keys = "ann:reader:" + hash(READER) + ",carl:collector:" + hash("collector-key");
    var settings = Settings.of(Map.of("WEIR_HTTP_KEYS", keys, "WEIR_STREAM_PORT", "0"));
    server = WebServer.of(ListenAddress.from(settings, "stream", 0));
    server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String hash(String key) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
  }

  private static HttpResponse<String> send(
      String method, String path, String body, String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static String body(String key) {
    return "{\"key\":\"" + key + "\"}";
  }

  @Test
  void everybody_getsThePageButNoFigure() throws Exception {
    assertThat(send("GET", "/", "").statusCode()).isEqualTo(200);
    assertThat(send("GET", "/page/js/door.js", "").statusCode()).isEqualTo(200);
    assertThat(send("GET", "/sign-in", "").body()).isEqualTo("{\"isAsked\":true}");
    assertThat(send("GET", "/v1/metrics", "").statusCode()).isEqualTo(401);
    assertThat(send("GET", "/v1/stream", "").statusCode()).isEqualTo(401);
  }

  @Test
  void key_becomesACookieThatNoScriptSees() throws Exception {
    HttpResponse<String> answer = send("POST", "/sign-in", body(" " + READER + " "));

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().allValues("Set-Cookie"))
        .containsExactly(COOKIE + "; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict");
    assertThat(answer.body()).isEmpty();
    assertThat(send("GET", "/sign-in", "", "Cookie", "a=b; " + COOKIE).body())
        .isEqualTo("{\"isAsked\":true,\"name\":\"ann\",\"role\":\"reader\"}");
    assertThat(send("GET", "/v1/nothing", "", "Cookie", COOKIE).statusCode()).isEqualTo(404);
  }

  @Test
  void behindTls_theCookieStaysThere() throws Exception {
    HttpResponse<String> answer =
        send("POST", "/sign-in", body(READER), "X-Forwarded-Proto", "https");

    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).endsWith("; Secure");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"key\":\"wrong\"} | 401",
        "{\"key\":\"collector-key\"} | 403",
        "{\"key\":\"a; Domain=evil\"} | 401",
        "{\"key\":null} | 401",
        "{} | 401",
        "{\"key\":[1]} | 401",
        "{ | 400",
        "[] | 400",
      })
  void otherKeys_doNotOpenThePage(String body, int status) throws Exception {
    HttpResponse<String> answer = send("POST", "/sign-in", body);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(answer.body()).doesNotContain("collector-key");
  }

  @ParameterizedTest
  @CsvSource({"snappy, 415", "zstd, 415", "gzip, 400", "deflate, 400"})
  void bodiesThatCannotBeUnpacked_areNoDefects(String coding, int status) throws Exception {
    for (String path : List.of("/sign-in", "/sign-out")) {
      HttpResponse<String> answer = send("POST", path, body(READER), "Content-Encoding", coding);

      // Nobody reads what signs out.
      boolean isRead = path.equals("/sign-in") || status == 415;
      assertThat(answer.statusCode()).as(path).isEqualTo(isRead ? status : 204);
    }
  }

  @Test
  void otherSites_areRefused() throws Exception {
    String[][] foreign = {
      {"Origin", "http://evil.example"},
      {"Origin", "null"},
      {"Sec-Fetch-Site", "cross-site"},
      {"Sec-Fetch-Site", "same-site"},
    };
    for (String[] header : foreign) {
      assertThat(send("POST", "/sign-in", body(READER), header).statusCode()).isEqualTo(403);
      assertThat(send("POST", "/sign-out", "", header).statusCode()).isEqualTo(403);
      assertThat(
              send("GET", "/v1/nothing", "", "Cookie", COOKIE, header[0], header[1]).statusCode())
          .isIn(401, 403);
    }
    String own = "http://127.0.0.1:" + server.port();
    assertThat(send("POST", "/sign-in", body(READER), "Origin", own).statusCode()).isEqualTo(204);
  }

  @Test
  void cookie_onlyReads() throws Exception {
    assertThat(send("POST", "/v1/metrics", "{}", "Cookie", COOKIE).statusCode()).isEqualTo(401);
  }

  @Test
  void signOut_takesTheCookieAway() throws Exception {
    HttpResponse<String> answer = send("POST", "/sign-out", "{}", "Cookie", COOKIE);

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("weir-key=; Path=/; Max-Age=0");
  }
}
