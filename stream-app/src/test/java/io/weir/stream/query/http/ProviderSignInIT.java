package io.weir.stream.query.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.http.ListenAddress;
import io.weir.http.WebServer;
import io.weir.process.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * People and programs with tokens of a real provider: {@code oidc-provider}, which is certified. It
 * is installed with npm into the build's folder; without Node or a registry the test is skipped.
 */
class ProviderSignInIT {
  private static final Path FOLDER = Path.of("target", "oidc");
  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Pattern ADDRESS = Pattern.compile("provider (http://\\S+)");
  private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");
  private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

  private final CookieManager cookies = new CookieManager();
  private final HttpClient browser =
      HttpClient.newBuilder()
          .cookieHandler(cookies)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private Optional<Process> provider = Optional.empty();
  private Optional<WebServer> server = Optional.empty();
  private String issuer = "";
  private String page = "";

  @BeforeAll
  static void requireProvider() throws Exception {
    Optional<String> missing = install();
    missing.ifPresent(why -> System.out.println("skipped: ProviderSignInIT: " + why));
    Assumptions.assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
  }

  @BeforeEach
  void start() throws Exception {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    page = "http://127.0.0.1:" + port;
    issuer = startProvider(page + "/sign-in/callback");
    server = Optional.of(WebServer.of(ListenAddress.from(settings(port), "stream", 0)));
    server.get().start();
  }

  private Settings settings(int port) {
    return Settings.of(
        Map.of(
            "WEIR_STREAM_PORT", Integer.toString(port),
            "WEIR_HTTP_OIDC_ISSUER", issuer,
            "WEIR_HTTP_OIDC_AUDIENCE", "weir",
            "WEIR_HTTP_OIDC_ROLES", "weir-reader=reader,weir-operator=operator",
            "WEIR_HTTP_OIDC_CLIENT_ID", "weir-page",
            "WEIR_HTTP_OIDC_CLIENT_SECRET", "secret of/the page",
            "WEIR_HTTP_OIDC_REDIRECT_URL", page + "/sign-in/callback"));
  }

  @AfterEach
  void stop() {
    server.ifPresent(WebServer::close);
    provider.ifPresent(Process::destroyForcibly);
  }

  /** Returns why there is no provider. */
  private static Optional<String> install() throws Exception {
    Files.createDirectories(FOLDER);
    for (String name : List.of("package.json", "package-lock.json", ".npmrc", "provider.mjs")) {
      Files.write(FOLDER.resolve(name), Files.readAllBytes(Path.of("src/test/oidc", name)));
    }
    if (!succeeds("node", "--version")) {
      return Optional.of("Node is not installed");
    }
    return succeeds("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
        ? Optional.empty()
        : Optional.of("npm cannot install oidc-provider");
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(FOLDER.toFile())
              .redirectErrorStream(true)
              .redirectOutput(FOLDER.resolve("npm.log").toFile())
              .start();
      if (process.waitFor(2, TimeUnit.MINUTES)) {
        return process.exitValue() == 0;
      }
      process.destroyForcibly();
      return false;
    } catch (IOException _) {
      return false;
    }
  }

  private String startProvider(String redirect) throws IOException {
    Process process =
        new ProcessBuilder("node", "provider.mjs", redirect)
            .directory(FOLDER.toFile())
            .redirectError(FOLDER.resolve("provider.log").toFile())
            .start();
    provider = Optional.of(process);
    BufferedReader lines = process.inputReader(UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher matcher = ADDRESS.matcher(line);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    throw new IllegalStateException("see " + FOLDER.resolve("provider.log"));
  }

  private HttpResponse<String> get(String address, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return browser.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String address, String form, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", form.equals("{}") ? JSON : FORM)
            .POST(BodyPublishers.ofString(form));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return browser.send(request.build(), BodyHandlers.ofString());
  }

  /** Goes the way of a browser, and returns where it ends. */
  private HttpResponse<String> signIn(String name) throws Exception {
    return signIn(get(page + "/sign-in/start"), name);
  }

  private HttpResponse<String> signIn(HttpResponse<String> form, String name) throws Exception {
    assertThat(form.uri().toString()).startsWith(issuer + "/interaction/");
    HttpResponse<String> consent =
        post(action(form), "prompt=login&login=" + URLEncoder.encode(name, UTF_8) + "&password=a");
    return post(action(consent), "prompt=consent");
  }

  private static String action(HttpResponse<String> form) {
    Matcher matcher = ACTION.matcher(form.body());
    assertThat(matcher.find()).as(form.body()).isTrue();
    return form.uri().resolve(matcher.group(1)).toString();
  }

  private List<String> cookieNames() {
    return cookies.getCookieStore().getCookies().stream()
        .map(HttpCookie::getName)
        .filter(name -> name.startsWith("weir"))
        .toList();
  }

  @Test
  void person_signsInAndOut() throws Exception {
    assertThat(get(page + "/sign-in").body()).isEqualTo("{\"isAsked\":true,\"hasProvider\":true}");
    assertThat(get(page + "/v1/nothing").statusCode()).isEqualTo(401);

    HttpResponse<String> end = signIn("reader");

    assertThat(end.uri()).isEqualTo(URI.create(page + "/"));
    assertThat(cookieNames()).containsExactly("weir-session");
    assertThat(get(page + "/sign-in").body())
        .contains("\"name\":\"reader of the shop\"", "\"role\":\"reader\"");
    assertThat(get(page + "/v1/nothing").statusCode()).isEqualTo(404);
    assertThat(get(page + "/v1/nothing", "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(401);
    assertThat(post(page + "/sign-out", "{}", "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);

    assertThat(post(page + "/sign-out", "{}").statusCode()).isEqualTo(204);

    assertThat(cookieNames()).isEmpty();
    assertThat(get(page + "/v1/nothing").statusCode()).isEqualTo(401);
  }

  @Test
  void personWithoutARole_isTold() throws Exception {
    HttpResponse<String> end = signIn("visitor");

    assertThat(end.uri()).isEqualTo(URI.create(page + "/?sign-in=no-role"));
    assertThat(end.statusCode()).isEqualTo(200);
    assertThat(cookieNames()).isEmpty();
  }

  @Test
  void returnsThatNobodyLeftFor_signNobodyIn() throws Exception {
    signIn("reader");
    cookies.getCookieStore().removeAll();

    for (String query : List.of("", "?code=a&state=b", "?error=access_denied", "?state=&code=")) {
      assertThat(get(page + "/sign-in/callback" + query).uri())
          .isEqualTo(URI.create(page + "/?sign-in=failed"));
    }
    assertThat(get(page + "/sign-in/start", "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);
    assertThat(cookieNames()).isEmpty();
  }

  @Test
  void returnThatAnotherSiteMakes_leavesTheSignInThatIsUnderWay() throws Exception {
    HttpResponse<String> form = get(page + "/sign-in/start");

    assertThat(get(page + "/sign-in/callback?state=x").uri())
        .isEqualTo(URI.create(page + "/?sign-in=failed"));

    assertThat(signIn(form, "reader").uri()).isEqualTo(URI.create(page + "/"));
  }

  @Test
  void program_showsItsToken() throws Exception {
    HttpResponse<String> answer =
        post(
            issuer + "/token",
            "grant_type=client_credentials",
            "Authorization",
            "Basic cm9ib3Q6cm9ib3Q=");
    Matcher token = TOKEN.matcher(answer.body());
    assertThat(token.find()).as(answer.body()).isTrue();

    assertThat(get(page + "/v1/nothing", "Authorization", "Bearer " + token.group(1)).statusCode())
        .isEqualTo(404);
    assertThat(
            get(page + "/v1/nothing", "Authorization", "Bearer " + token.group(1) + "A")
                .statusCode())
        .isEqualTo(401);
  }
}
