package io.weir.model.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowClientTest {
  private static final long LARGEST = 1_000;

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final HttpServer server = newServer();
  private MlflowClient client = newClient();
  private HttpHandler answers = exchange -> answer(exchange, 200, "{}");

  @BeforeEach
  void start() {
    server.createContext(
        "/",
        exchange -> {
          calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          answers.handle(exchange);
        });
    server.start();
    client = newClient();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  @Timeout(20)
  void answerThatStopsInTheMiddle_endsAfterThePatience() {
    answers =
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
        };

    assertThatThrownBy(() -> client.get("x", Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no whole answer");
    assertThat(calls).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void answerThatIsTooLarge_isRefused(boolean isLengthKnown) {
    answers =
        exchange -> {
          exchange.sendResponseHeaders(200, isLengthKnown ? LARGEST + 1 : 0);
          exchange.getResponseBody().write(new byte[(int) LARGEST + 1]);
          exchange.close();
        };

    assertThatThrownBy(() -> client.download("mlflow-artifacts:/1", "model.json"))
        .isInstanceOf(BodyTooLargeException.class)
        .hasMessageContaining("larger than 1000 bytes");
    assertThat(calls).hasSize(1);
  }

  @Test
  void answerOfTheLargestSize_isTaken() throws IOException {
    answers = exchange -> answer(exchange, 200, "a".repeat((int) LARGEST));

    assertThat(client.download("mlflow-artifacts:/1", "model.json")).hasSize((int) LARGEST);
  }

  @Test
  void escapedArtifactAddress_staysEscaped() throws IOException {
    byte[] _ = client.download("mlflow-artifacts:/1/my%20model/é", "a b.json");

    assertThat(calls)
        .containsExactly("GET /api/2.0/mlflow-artifacts/artifacts/1/my%20model/%C3%A9/a%20b.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlflow-artifacts:/my model", "mlflow-artifacts:relative", "s3://bucket"})
  void addressThatCannotBeAsked_isAnIoException(String artifacts) {
    assertThatThrownBy(() -> client.download(artifacts, "model.json"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(artifacts);
    assertThat(calls).isEmpty();
  }

  @Test
  void failureOfTheServer_isAskedAgain_exceptByPost() throws IOException {
    answers = exchange -> answer(exchange, calls.size() % 2 == 1 ? 503 : 200, "{}");

    assertThat(client.get("x", Map.of())).isEmpty();
    client.upload("mlflow-artifacts:/1", "model.json", new byte[1]);
    assertThat(calls).hasSize(4);
    assertThatThrownBy(() -> client.post("x", Map.of())).isInstanceOf(MlflowException.class);
    assertThat(calls).hasSize(5);
  }

  @Test
  void refusal_isNotAskedAgain() {
    answers = exchange -> answer(exchange, 404, "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\"}");

    assertThatThrownBy(() -> client.get("x", Map.of()))
        .isInstanceOfSatisfying(
            MlflowException.class,
            refusal -> {
              assertThat(refusal.isNotFound()).isTrue();
              assertThat(refusal.code()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
            });
    assertThat(calls).hasSize(1);
  }

  @Test
  void versionThatIsNoNumber_isNotPartOfAPath() {
    answers = exchange -> answer(exchange, 200, "{\"model_version\":{\"version\":\"../1\"}}");

    assertThatThrownBy(() -> new RegisteredModel(client, "conversion").aliased("champion"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("\"../1\" is no number of a version");
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static HttpServer newServer() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private MlflowClient newClient() {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new MlflowClient(address, Duration.ofMillis(1_500), LARGEST);
  }
}
