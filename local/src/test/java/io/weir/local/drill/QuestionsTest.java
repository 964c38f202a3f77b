package io.weir.local.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.weir.local.process.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuestionsTest {
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer("/ready", 200, false);
    answer("/there", 200, false);
    answer("/unknown", 404, false);
    answer("/busy", 503, true);
    answer("/broken", 503, false);
    server.start();
  }

  private void answer(String path, int status, boolean isRetried) {
    server.createContext(
        path,
        exchange -> {
          if (isRetried) {
            exchange.getResponseHeaders().add("Retry-After", "1");
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Test
  void answers_areCountedByWhatTheyPromise() throws InterruptedException {
    var questions = new Questions(List.of(address()));
    questions.probe();
    for (String path : List.of("/there", "/unknown", "/busy", "/broken")) {
      questions.ask(path);
    }

    Questions.Figures figures = questions.figures();
    assertThat(figures.answered()).isEqualTo(2);
    assertThat(figures.refused()).isEqualTo(1);
    assertThat(figures.failures()).containsOnlyKeys("status 503").containsValue(1);
    assertThat(figures.share()).isEqualTo(0.5);
  }

  @Test
  void instanceThatIsNotReady_isNotAsked() throws InterruptedException {
    var questions = new Questions(List.of("http://127.0.0.1:" + Port.free(), address()));
    questions.probe();
    for (int i = 0; i < 4; i++) {
      questions.ask("/there");
    }

    assertThat(questions.figures().answered()).isEqualTo(4);
    assertThat(questions.figures().again()).isZero();
  }

  @Test
  void instanceThatHasJustDied_costsASecondAttempt() throws IOException, InterruptedException {
    var other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/ready",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    other.start();
    var questions =
        new Questions(List.of("http://127.0.0.1:" + other.getAddress().getPort(), address()));
    questions.probe();
    other.stop(0);
    for (int i = 0; i < 4; i++) {
      questions.ask("/there");
    }

    assertThat(questions.figures().answered()).isEqualTo(4);
    assertThat(questions.figures().again()).isEqualTo(2);
  }

  @Test
  void forget_leavesOnlyWhatComesLater() throws InterruptedException {
    var questions = new Questions(List.of(address()));
    questions.ask("/there");
    questions.probe();
    questions.ask("/busy");
    questions.forget();
    questions.ask("/there");

    Questions.Figures figures = questions.figures();
    assertThat(figures.answered()).isEqualTo(1);
    assertThat(figures.refused()).isZero();
    assertThat(figures.failures()).isEmpty();
  }

  @Test
  void noInstanceIsReady_isAFailureThatSaysWhy() throws InterruptedException {
    String nobody = "http://127.0.0.1:" + Port.free();
    var questions = new Questions(List.of(nobody));
    questions.probe();
    questions.ask("/there");

    assertThat(questions.figures().failures())
        .containsOnlyKeys("no instance is ready: {" + nobody + "=ConnectException}");
  }

  @Test
  void questionBeforeTheFirstProbe_isAFailure() throws InterruptedException {
    var questions = new Questions(List.of(address()));
    questions.ask("/there");

    assertThat(questions.figures().failed()).isEqualTo(1);
  }
}
