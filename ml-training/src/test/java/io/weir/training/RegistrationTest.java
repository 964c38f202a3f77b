package io.weir.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.weir.process.terminal.Terminal;
import io.weir.training.session.PlantedSessions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The order of the calls to MLflow, and what a failure in between leaves; MlflowIT has the rest.
 */
@EnabledIf(value = "io.weir.training.NativeXgboost#isThere", disabledReason = "no OpenMP")
class RegistrationTest {
  /** What any call wants to find in its answer. */
  private static final String ANSWER =
      """
      {"experiment":{"experiment_id":"1"},"run":{"info":{"run_id":"r"}},
      "model":{"info":{"model_id":"m","artifact_uri":"mlflow-artifacts:/1/m"}},
      "model_version":{"version":"7"}}
      """;

  @TempDir Path folder = Path.of("");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final HttpServer server = newServer();
  private volatile String broken = "nothing";

  @BeforeEach
  void start() {
    server.createContext("/", this::call);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void runEnds_beforeTheAliasMoves() {
    assertThat(train(address())).isZero();

    assertThat(calls).endsWith("runs/update FINISHED", "registered-models/alias");
    assertThat(printed.toString(UTF_8)).contains("conversion version 7", "the champion now");
  }

  @Test
  void aliasThatCannotMove_leavesTheRunFinished() {
    broken = "registered-models/alias";

    assertThat(train(address())).isEqualTo(2);
    assertThat(calls).contains("runs/update FINISHED").doesNotContain("runs/update FAILED");
  }

  @Test
  void callThatIsRefused_failsTheRun() {
    broken = "runs/log-batch";

    assertThat(train(address())).isEqualTo(2);
    assertThat(calls)
        .endsWith("runs/log-batch", "runs/update FAILED")
        .doesNotContain("registered-models/alias");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://weir:secret@my_host",
        "http://weir:secr et@host",
        "ftp://weir:secret@host"
      })
  void badAddress_isNotRepeated(String url) {
    assertThat(train(url)).isEqualTo(2);
    assertThat(printed.toString(UTF_8)).contains("--mlflow").doesNotContain("secr");
  }

  private void call(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().replaceFirst("/api/2.0/[^/]+/", "");
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    boolean isQuestion = exchange.getRequestMethod().equals("GET");
    if (isQuestion && path.equals("registered-models/alias")) {
      answer(exchange, 404, "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\"}");
      return;
    }
    String status = body.contains("FAILED") ? " FAILED" : " FINISHED";
    calls.add(path.equals("runs/update") ? path + status : path);
    answer(exchange, path.equals(broken) ? 400 : 200, ANSWER);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private int train(String url) {
    Path file =
        PlantedSessions.write(
            folder.resolve("sessions.avro"), PlantedSessions.planted(400, new Random(1)));
    var printer = new PrintStream(printed, true, UTF_8);
    return Main.commandLine(new Terminal(printer, printer, false), Clock.systemUTC())
        .execute(
            "sessions",
            "--sessions=" + file,
            "--mlflow=" + url,
            "--threads=1",
            "--depth=2",
            "--out=" + folder.resolve("trained"));
  }

  private static HttpServer newServer() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
