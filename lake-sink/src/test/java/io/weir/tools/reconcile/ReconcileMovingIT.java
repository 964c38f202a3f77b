package io.weir.tools.reconcile;

import static io.weir.tools.reconcile.PlainSilver.START;
import static io.weir.tools.reconcile.PlainSilver.both;
import static io.weir.tools.reconcile.PlainSilver.run;
import static io.weir.tools.reconcile.PlainSilver.runMoving;
import static io.weir.tools.reconcile.PlainSilver.usual;
import static io.weir.tools.reconcile.PlainSilver.visit;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sides that move while they are compared, and the side of stream-app. */
@ExtendWith(Servers.class)
class ReconcileMovingIT {
  private static final String CELL =
      "subject = 'sessions' AND grain = 'day' AND dimension = 'country' AND value = 'DE' AND NOT is_bot";

  @Test
  void movingFigures_areNeitherEqualNorDifferent(Lake lake) throws Exception {
    both(lake, usual());
    lake.change("UPDATE gold.cells SET events = events + 1 WHERE partition = 0 AND " + CELL);
    Executor later = CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS);
    var end = new CompletableFuture<Void>();
    move(lake, later, end);

    String told = runMoving(lake, 2, "--wait", "3s");
    end.complete(null);

    assertThat(told)
        .contains("moving:", "0 are different and 1 are moving")
        .containsPattern("country +\\| DE +\\| events ")
        .doesNotContain("different:");
  }

  private static void move(Lake lake, Executor later, CompletableFuture<Void> end) {
    later.execute(() -> {
      if (!end.isDone()) {
        lake.change("UPDATE gold.cells SET events = events + 1 WHERE " + CELL);
        move(lake, later, end);
      }
    });
  }

  @Test
  void goldThatFollows_isEqualInTheEnd(Lake lake) {
    both(lake, usual());
    lake.change("UPDATE gold.cells SET sessions = sessions + 1 WHERE partition = 0 AND " + CELL);
    CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS)
        .execute(() ->
            lake.change(
                "UPDATE gold.cells SET sessions = sessions - 1 WHERE partition = 0 AND " + CELL));

    assertThat(runMoving(lake, 0)).contains("are equal");
  }

  /** The answer of stream-app to any question: one session of people per day and country. */
  private HttpServer rest(AtomicReference<String> sessions, AtomicInteger asked)
      throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/metrics/",
        exchange -> {
          asked.incrementAndGet();
          String question = exchange.getRequestURI().toString();
          boolean isCounted = question.contains("/sessions?") && question.contains("bots=exclude");
          String day = Instant.ofEpochMilli(START).toString().substring(0, 10);
          byte[] answer =
              ("{\"complete\": true, \"rows\": [{\"start\": \"%sT00:00:00Z\", \"group\": \"%s\","
                      + " \"value\": %s}]}")
                  .formatted(
                      day,
                      question.contains("by=country") ? "DE" : "",
                      isCounted ? sessions.get() : "0")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          try (var out = exchange.getResponseBody()) {
            out.write(answer);
          }
        });
    server.start();
    return server;
  }

  @Test
  void answersOverHttp_areComparedWithSilver(Lake lake) throws IOException {
    both(lake, List.of(visit("a", 0, _ -> {})));
    var sessions = new AtomicReference<>("1");
    var asked = new AtomicInteger();
    HttpServer server = rest(sessions, asked);
    String url = "http://127.0.0.1:" + server.getAddress().getPort();

    assertThat(run(lake, 0, "--url", url))
        .containsPattern("cells of 1 sessions are equal .*gold at")
        .containsPattern("2 cells of 1 sessions are equal .*REST at");
    assertThat(asked.get()).as("questions for one day").isLessThan(100);

    sessions.set("2");
    assertThat(run(lake, 1, "--url", url))
        .containsPattern("\\(total\\) +\\| +\\| sessions \\| +1 \\| +2 \\| +1\n")
        .containsPattern("country +\\| DE +\\| sessions \\| +1 \\| +2 \\| +1\n")
        .contains("of 2 cells of 1 sessions 2 are different");

    server.stop(0);
    assertThat(run(lake, 2, "--url", url)).contains("stream-app at " + url + " does not answer");
  }
}
