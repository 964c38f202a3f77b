package io.weir.tools.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceCheckTest {
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
    assertThat(look("https")).singleElement().asString().contains("FAIL", "does not answer");
  }

  private List<Finding> look() throws InterruptedException {
    return look("http");
  }

  private List<Finding> look(String scheme) throws InterruptedException {
    URI address = URI.create(scheme + "://127.0.0.1:" + service.getAddress().getPort());
    try (HttpClient client = HttpClient.newHttpClient()) {
      return new ServiceCheck(client, address, Optional.empty()).look();
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
