package io.weir.tools.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.weir.process.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceCheckTest {
  private static final String READY =
      "{\"status\":\"UP\",\"checks\":{\"store\":\"ok\"},\"warnings\":{}}";
  private static final String ROOM = "disk_free_bytes 50.0\ndisk_total_bytes 100.0\n";

  private HttpServer service;

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.start();
  }

  @AfterEach
  void stop() {
    service.stop(0);
  }

  @Test
  void serviceThatSaysAll_isReady() throws InterruptedException {
    answer("/ready", 200, "{\"status\":\"UP\",\"checks\":{\"store\":\"ok\"},\"warnings\":{}}");
    answer("/metrics", 200, ROOM);

    assertThat(look()).singleElement().asString().contains("OK", "is ready");
  }

  @Test
  void certificates_areTold_eachByItsSetting() throws InterruptedException {
    answer("/ready", 200, "{\"status\":\"UP\",\"checks\":{\"store\":\"ok\"},\"warnings\":{}}");
    String left = "weir_certificate_left_seconds{setting=\"WEIR_%s\"} %d\n";
    answer(
        "/metrics",
        200,
        ROOM
            + left.formatted("A", 20 * 86_400)
            + left.formatted("B", 5 * 86_400)
            + left.formatted("C", -1)
            + "weir_certificate_warning_seconds 1209600\n");

    assertThat(look())
        .extracting(Finding::toString)
        .satisfiesExactly(
            ready -> assertThat(ready).contains("OK", "is ready"),
            good -> assertThat(good).contains("OK", "WEIR_A is good for 20 days"),
            soon -> assertThat(soon).contains("WARN", "WEIR_B ends in 5 days", "renew it"),
            ended -> assertThat(ended).contains("FAIL", "WEIR_C has ended", "renew it"));
  }

  @Test
  void partThatFails_isNamed() throws InterruptedException {
    answer("/ready", 503, "{\"status\":\"DOWN\",\"checks\":{\"store\":\"no disk\"}}");
    answer("/metrics", 200, ROOM);

    assertThat(look()).singleElement().asString().contains("FAIL", "not ready: store: no disk");
  }

  @Test
  void strangerOfAServiceThatIsNotReady_learnsHowToAsk() throws InterruptedException {
    answer("/ready", 503, "{\"status\":\"DOWN\"}");
    answer("/metrics", 401, "{\"status\":401}");

    assertThat(look())
        .extracting(Finding::toString)
        .satisfiesExactly(
            first ->
                assertThat(first).contains("FAIL", "not ready", "WEIR_HTTP_KEY", "management port"),
            second -> assertThat(second).contains("WARN", "disk was not looked at", "401"));
  }

  @Test
  void portWithoutHealth_isNotTheManagementPort() throws InterruptedException {
    answer("/", 404, "{\"status\":404,\"detail\":\"there is nothing here\"}");

    assertThat(look()).singleElement().asString().contains("FAIL", "no /ready", "management port");
  }

  @ParameterizedTest
  @CsvSource({"200, <html>", "403, {\"status\":403}", "200, []", "200, ''"})
  void anotherServer_isNoServiceOfWeir(int status, String body) throws InterruptedException {
    answer("/", status, body);

    assertThat(look().getFirst().toString()).contains("FAIL", "" + status, "as a service of Weir");
  }

  @Test
  void portWithPlainHttp_hasNoWrongCertificate() throws InterruptedException {
    String address = "https://127.0.0.1:" + service.getAddress().getPort();

    assertThat(look(address, Duration.ofSeconds(1)))
        .singleElement()
        .asString()
        .contains("FAIL", "does not answer");
  }

  private List<Finding> look() throws InterruptedException {
    return look("http://127.0.0.1:" + service.getAddress().getPort(), ServiceCheck.PATIENCE);
  }

  private static List<Finding> look(String address, Duration patience) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return new ServiceCheck(client, ServiceUrl.of(address), Optional.empty(), patience).look();
    }
  }

  @Test
  void serviceBehindAPath_isAskedThere() throws InterruptedException {
    answer("/weir/ready", 200, READY);
    answer("/weir/metrics", 200, ROOM);
    String place = "127.0.0.1:" + service.getAddress().getPort() + "/weir";

    assertThat(look("http://" + place + "/", ServiceCheck.PATIENCE))
        .extracting(Finding::part, Finding::text)
        .containsExactly(tuple(place, "is ready"));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8180, --url localhost:8180 is no address that begins with http://",
    "127.0.0.1:8180, --url 127.0.0.1:8180 is no address",
    "https:///ready, --url https:///ready is no address",
    "ftp://host, --url ftp://host is no address that begins with http://",
    "https://ops:S3cret@host, --url https://host has a login in it",
    "ops:S3cret@host, --url host has a login in it",
    "https://ops:S3 cret@host, --url https://host is no address",
    "http://host/?key=S3cret, --url http://host/ has parameters"
  })
  void addressThatIsNone_isRefused_andItsLoginNotPrinted(String url, String complaint) {
    assertThatThrownBy(() -> ServiceUrl.of(url))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith(complaint)
        .hasMessageNotContaining("cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+Inf", "NaN", "1.2.3"})
  void figureThatIsNone_isAsIfItWereNotThere(String figure) throws InterruptedException {
    answer("/ready", 200, READY);
    answer("/metrics", 200, "disk_free_bytes " + figure + "\ndisk_total_bytes 100.0\n");

    assertThat(look()).singleElement().asString().contains("OK", "is ready");
  }

  @Test
  void bodyWithoutAnEnd_isGivenUp() throws InterruptedException {
    service.createContext("/ready", ServiceCheckTest::endless);

    assertThat(look()).singleElement().asString().contains("FAIL", "does not answer", "16777216");
  }

  private static void endless(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, 0);
      byte[] some = new byte[1 << 16];
      while (true) {
        exchange.getResponseBody().write(some);
      }
    }
  }

  @Test
  void serviceThatFreezesInItsAnswer_isGivenUp() throws InterruptedException {
    var over = new CountDownLatch(1);
    service.createContext("/ready", exchange -> freeze(exchange, over));

    List<Finding> seen =
        look("http://127.0.0.1:" + service.getAddress().getPort(), Duration.ofMillis(500));
    over.countDown();

    assertThat(seen).singleElement().asString().contains("FAIL", "no whole answer within 500 ms");
  }

  private static void freeze(HttpExchange exchange, CountDownLatch over) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, READY.length());
      exchange.getResponseBody().write(READY.getBytes(UTF_8), 0, 5);
      exchange.getResponseBody().flush();
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(String path, int status, String body) {
    service.createContext(path, exchange -> send(exchange, status, body.getBytes(UTF_8)));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
