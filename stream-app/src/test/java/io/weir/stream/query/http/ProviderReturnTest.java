package io.weir.stream.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.http.ListenAddress;
import io.weir.http.WebServer;
import io.weir.process.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Returns to the page for which no provider has to be asked. */
class ProviderReturnTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String STATE = "s".repeat(43);
  private static final String MEMORY = STATE + "." + "n".repeat(43) + "." + "v".repeat(43);
  private static final String PAGE = "http://127.0.0.1:1";

  private static WebServer server;

  @BeforeAll
  static void start() {
    var settings =
        Settings.of(
            Map.of(
                "WEIR_STREAM_PORT", "0",
                "WEIR_HTTP_OIDC_ISSUER", "http://127.0.0.1:9",
                "WEIR_HTTP_OIDC_AUDIENCE", "weir",
                "WEIR_HTTP_OIDC_CLIENT_ID", "weir-page",
                "WEIR_HTTP_OIDC_REDIRECT_URL", PAGE + "/sign-in/callback"));
    server = WebServer.of(ListenAddress.from(settings, "stream", 0));
    server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> comeBack(String query) throws Exception {
    URI address =
        URI.create("http://127.0.0.1:%d/sign-in/callback%s".formatted(server.port(), query));
    return HTTP.send(
        HttpRequest.newBuilder(address).header("Cookie", "weir-sign-in=" + MEMORY).build(),
        BodyHandlers.ofString());
  }

  @Test
  void returnOfAnotherSignIn_leavesTheOneThatIsUnderWay() throws Exception {
    for (String query : List.of("", "?state=x", "?state=x&error=access_denied")) {
      HttpResponse<String> answer = comeBack(query);

      assertThat(answer.statusCode()).as(query).isEqualTo(303);
      assertThat(answer.headers().firstValue("Location")).contains(PAGE + "/?sign-in=failed");
      assertThat(answer.headers().allValues("Set-Cookie")).as(query).isEmpty();
    }
  }

  @Test
  void returnOfThisSignIn_endsIt() throws Exception {
    HttpResponse<String> answer = comeBack("?error=access_denied&state=" + STATE);

    assertThat(answer.headers().firstValue("Location")).contains(PAGE + "/?sign-in=refused");
    assertThat(answer.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .startsWith("weir-sign-in=;")
        .contains("Max-Age=0");
  }
}
