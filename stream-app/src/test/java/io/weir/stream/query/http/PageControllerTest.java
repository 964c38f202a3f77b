package io.weir.stream.query.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.http.ListenAddress;
import io.weir.http.WebServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page over HTTP, and what its files may hold. */
class PageControllerTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int MOST_BYTES = 150 * 1024;

  /** The name space of SVG is an address that nobody asks. */
  private static final String NAME_SPACE = "http://www.w3.org/2000/svg";

  private static WebServer server;

  @BeforeAll
  static void start() {
    server = WebServer.of(new ListenAddress("stream", "127.0.0.1", 0));
    server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    var request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static Path folder() throws URISyntaxException {
    var index = Objects.requireNonNull(PageControllerTest.class.getResource("/web/index.html"));
    return Objects.requireNonNull(Path.of(index.toURI()).getParent());
  }

  static List<String> files() throws Exception {
    Path folder = folder();
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(name -> !name.endsWith("OFL.txt"))
          .sorted()
          .toList();
    }
  }

  @Test
  void page_isHtmlWithAPolicyThatAllowsNothingInline() throws Exception {
    HttpResponse<byte[]> page = get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(page, "Content-Security-Policy"))
        .startsWith("default-src 'self';")
        .doesNotContain("unsafe", "http", "*");
    assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(new String(page.body(), UTF_8))
        .doesNotContainPattern("<style|<script(?! type=\"module\" src=)| style=| on[a-z]+=");
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFile_isServed(String name) throws Exception {
    HttpResponse<byte[]> file = get("/page/" + name);

    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.body()).isEqualTo(Files.readAllBytes(folder().resolve(name)));
    assertThat(header(file, "Cache-Control")).isEqualTo("no-cache");
  }

  @ParameterizedTest
  @CsvSource({
    "js/main.js, text/javascript; charset=utf-8",
    "css/page.css, text/css; charset=utf-8",
    "fonts/inter-latin.woff2, font/woff2",
    "icon.svg, image/svg+xml"
  })
  void file_hasItsType(String name, String type) throws Exception {
    assertThat(header(get("/page/" + name), "Content-Type")).isEqualTo(type);
  }

  @Test
  void file_thatTheBrowserHas_isNotSentAgain() throws Exception {
    String tag = header(get("/page/js/main.js"), "ETag");

    HttpResponse<byte[]> again = get("/page/js/main.js", "If-None-Match", tag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "ETag")).isEqualTo(tag);
    assertThat(get("/page/js/main.js", "If-None-Match", "\"another\"").statusCode()).isEqualTo(200);
  }

  @Test
  void file_isCompressed() throws Exception {
    HttpResponse<byte[]> file = get("/page/js/main.js", "Accept-Encoding", "gzip");

    assertThat(header(file, "Content-Encoding")).isEqualTo("gzip");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(file.body())).readAllBytes())
        .isEqualTo(Files.readAllBytes(folder().resolve("js/main.js")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/page/js/none.js",
        "/page/js",
        "/page/js/",
        "/page/fonts/OFL.txt",
        "/page/../logback.xml",
        "/page/%2e%2e/logback.xml",
        "/page/..%2flogback.xml",
        "/page/js/..%2f..%2fenrich/referrers.txt",
        "/page/js/%2e%2e/index.html",
        "/page/%2fetc/passwd",
        "/page/.js",
        "/page/js/main.js%00",
        "/page/JS/main.js"
      })
  void whatIsNoFileOfThePage_isNotFound(String path) throws Exception {
    HttpResponse<byte[]> answer = get(path);

    assertThat(answer.statusCode()).isBetween(400, 404);
    assertThat(new String(answer.body(), UTF_8)).doesNotContain("appender", "root:");
  }

  @ParameterizedTest
  @MethodSource("files")
  void noFile_namesAnotherOrigin(String name) throws Exception {
    if (!name.endsWith("woff2")) {
      String text = Files.readString(folder().resolve(name)).replace(NAME_SPACE, "");

      assertThat(text).doesNotContainPattern("(?i)(https?:)?//[a-z0-9-]+\\.[a-z]|data:|@import");
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyColour_isAToken(String name) throws Exception {
    if (name.equals("css/page.css") || name.endsWith(".js")) {
      String text = Files.readString(folder().resolve(name));

      assertThat(text).doesNotContainPattern("light-dark\\(|: #[0-9a-f]{6}\\b");
    }
  }

  @Test
  void allFiles_fitTheirBudget() throws Exception {
    assertThat(files().stream().mapToInt(PageControllerTest::compressed).sum())
        .isBetween(1, MOST_BYTES);
  }

  @Test
  void everyImport_isAFile() throws Exception {
    var imports = Pattern.compile("from '(\\.[^']+)'");
    for (String name : files()) {
      if (name.endsWith(".js")) {
        Path file = folder().resolve(name);
        assertThat(imports.matcher(Files.readString(file)).results())
            .allSatisfy(found -> assertThat(file.resolveSibling(found.group(1))).exists());
      }
    }
  }

  private static int compressed(String name) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(Files.readAllBytes(folder().resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(name, e);
    }
    return bytes.size();
  }
}
