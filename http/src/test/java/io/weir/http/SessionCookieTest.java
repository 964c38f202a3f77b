package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.http.access.Access;
import io.weir.http.access.Caller;
import io.weir.http.access.Role;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Sessions of people who signed in at a provider, behind a door. */
class SessionCookieTest {
  private static final Caller ANN = new Caller("oidc:ann", Role.READER, "Änn\nof the shop");
  private static final String OWN = "o".repeat(32);
  private static final String OTHER = "p".repeat(32);
  private static final String SHORT = "s".repeat(31);
  private static final Map<String, String> SETTINGS =
      Map.of(
          "WEIR_HTTP_OIDC_ISSUER", "http://127.0.0.1:9/weir",
          "WEIR_HTTP_OIDC_AUDIENCE", "weir",
          "WEIR_HTTP_OIDC_CLIENT_ID", "page",
          "WEIR_HTTP_OIDC_REDIRECT_URL", "http://127.0.0.1:8180/sign-in/callback",
          "WEIR_HTTP_KEYS",
              Doors.keys()
                  + " own:instance:%s other:instance:%s short:instance:%s"
                      .formatted(Doors.hash(OWN), Doors.hash(OTHER), Doors.hash(SHORT)),
          "WEIR_HTTP_KEY", OWN);
  private static final Doors DOORS =
      Doors.with(
          SETTINGS.entrySet().stream()
              .flatMap(each -> Stream.of(each.getKey(), each.getValue()))
              .toArray(String[]::new));

  @AfterAll
  static void stop() {
    DOORS.close();
  }

  private static String cookie(InstantSource clock, Caller caller, String... more) {
    var settings = new HashMap<>(SETTINGS);
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    Access access = Access.from(Settings.of(settings), "stream", "127.0.0.1");
    return new SessionCookie(access, clock).begun(caller);
  }

  private static String now(Caller caller, String... more) {
    return cookie(InstantSource.system(), caller, more);
  }

  /** A signature is a hint by which a word or a short text can be found. */
  @Test
  void shortKey_signsNothing() {
    assertThatThrownBy(() -> now(ANN, "WEIR_HTTP_KEY", SHORT))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("WEIR_HTTP_KEY has fewer than 32 characters")
        .hasMessageNotContaining(SHORT);
  }

  private static int status(String cookie, String path, String... more) {
    var headers = new String[more.length + 2];
    System.arraycopy(more, 0, headers, 2, more.length);
    headers[0] = "Cookie";
    headers[1] = cookie.substring(0, cookie.indexOf(';'));
    return DOORS.get(path, headers).statusCode();
  }

  @Test
  void session_isThatOfAnyInstanceWithTheSameKey() {
    assertThat(status(now(ANN), "/shop/orders")).isEqualTo(200);
    assertThat(status(now(ANN), "/metrics")).isEqualTo(403);
    assertThat(status(now(new Caller("oidc:bob", Role.OPERATOR)), "/metrics")).isEqualTo(200);
    assertThat(now(ANN)).endsWith("; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict");
  }

  @Test
  void session_ends() {
    InstantSource before = () -> Instant.now().minus(Duration.ofHours(12).plusSeconds(1));
    InstantSource justNow = () -> Instant.now().minus(Duration.ofHours(11));

    assertThat(status(cookie(before, ANN), "/shop/orders")).isEqualTo(401);
    assertThat(status(cookie(justNow, ANN), "/shop/orders")).isEqualTo(200);
  }

  @Test
  void session_onlyReads_andOnlyForThePageOfThisSite() {
    String session = now(new Caller("oidc:bob", Role.OPERATOR));
    String pair = session.substring(0, session.indexOf(';'));

    assertThat(DOORS.post("/shop/orders", "{}", "Cookie", pair).statusCode()).isEqualTo(401);
    assertThat(status(session, "/shop/orders", "Sec-Fetch-Site", "cross-site")).isEqualTo(401);
    assertThat(status(session, "/shop/orders", "Origin", "http://evil.example")).isIn(401, 403);
  }

  @Test
  void forgedSessions_areNone() {
    String right = now(ANN);
    String[] parts = right.substring(0, right.indexOf(';')).split("\\.", -1);

    String operator = String.join(".", parts[0], "operator", parts[2], parts[3], parts[4]);
    String later =
        String.join(".", "weir-session=99999999999", parts[1], parts[2], parts[3], parts[4]);
    assertThat(status(operator + ";", "/shop/orders")).isEqualTo(401);
    assertThat(status(later + ";", "/shop/orders")).isEqualTo(401);
    assertThat(status("weir-session=;", "/shop/orders")).isEqualTo(401);
    assertThat(status("weir-session=1.reader.a.a." + "A".repeat(43) + ";", "/shop/orders"))
        .isEqualTo(401);
    assertThat(status(now(ANN, "WEIR_HTTP_KEY", OTHER), "/shop/orders")).isEqualTo(401);
    assertThat(status(now(ANN, "WEIR_HTTP_OIDC_CLIENT_ID", "b"), "/shop/orders")).isEqualTo(401);
    assertThat(status(now(ANN, "WEIR_HTTP_OIDC_ISSUER", "http://127.0.0.1:9/b"), "/shop/orders"))
        .isEqualTo(401);
  }

  @Test
  void behindTls_theCookieIsOfThisHostAlone() {
    String safe = "https://weir.example.com/sign-in/callback";

    assertThat(now(ANN, "WEIR_HTTP_OIDC_REDIRECT_URL", safe))
        .startsWith("__Host-weir-session=")
        .endsWith("; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure");
  }
}
