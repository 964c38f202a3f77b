package io.weir.sink;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.event;
import static io.weir.testkit.TestRecords.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.contract.Topics;
import io.weir.lake.table.LakeTables;
import io.weir.sink.loop.LoopParts;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.TableFeed;
import io.weir.sink.loop.Until;
import io.weir.testkit.FreePort;
import io.weir.testkit.TestJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Stops the real process by SIGTERM while it holds records that are in no table yet. */
@ExtendWith(Servers.class)
class StopIT {
  private static final int STOPPED = 128 + 15;
  private static final long BETWEEN_LOOKS_NANOS = 50_000_000;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void stoppedBeforeItsFirstCommit_commitsWhatItRead(Lake lake, @TempDir Path folder)
      throws IOException, InterruptedException {
    lake.factory(Clock.systemUTC());
    lake.produce(lake.topics().scores(), 0, bytes(score("s", 0, 0.5)));

    stopOnceItHolds(1, lake, folder);

    assertThat(lake.rows(LakeTables.SCORES)).hasSize(1);
  }

  @Test
  void stoppedOverTablesThatHaveRows_commitsWhatItRead(Lake lake, @TempDir Path folder)
      throws IOException, InterruptedException {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topics topics = lake.topics();
    for (int revision = 0; revision < 3; revision++) {
      lake.produce(topics.events(), 0, bytes(event("e" + revision, _ -> {})));
      lake.produce(topics.scores(), 0, bytes(score("s", revision, 0.5)));
      take(factory, lake, factory.feeds().events());
      take(factory, lake, factory.feeds().eventProducts());
      take(factory, lake, factory.feeds().scores());
    }
    lake.produce(topics.events(), 0, bytes(event("last", _ -> {})));
    lake.produce(topics.scores(), 0, bytes(score("s", 3, 0.75)), bytes(score("new", 0, 0.5)));

    // Two feeds read the event.
    stopOnceItHolds(4, lake, folder);

    assertThat(lake.rows(LakeTables.EVENTS))
        .extracting(row -> row.getField("event_id"))
        .containsExactlyInAnyOrder("e0", "e1", "e2", "last");
    assertThat(lake.rows(LakeTables.SCORES))
        .extracting(row -> row.getField("session_key"), row -> row.getField("session_revision"))
        .containsExactlyInAnyOrder(tuple("s", 3), tuple("new", 0));
  }

  private static void take(TestSink factory, Lake lake, TableFeed feed) {
    LoopParts parts = factory.parts(feed, lake.catalog());
    long before = parts.committer().offsets().of(0);
    var loop = new SinkLoop(parts, factory.consumer(feed.spec().name()));
    loop.start();
    Until.holds(() -> parts.committer().offsets().of(0) > before, loop);
    loop.close();
  }

  private void stopOnceItHolds(int records, Lake lake, Path folder)
      throws IOException, InterruptedException {
    int port = FreePort.next();
    lake.set("WEIR_SINK_PORT", Integer.toString(port));
    lake.set("WEIR_SINK_ROLL_INTERVAL", "10m");
    Path log = folder.resolve("sink.log");
    Process service = start(lake, log);
    try {
      URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
      Until.holds(() -> service.isAlive() && holds(records, metrics));

      service.destroy();

      assertThat(service.waitFor()).as(Files.readString(log)).isEqualTo(STOPPED);
      assertThat(Files.readString(log)).doesNotContain("WARN", "ERROR");
    } finally {
      service.destroyForcibly().waitFor();
    }
  }

  private static Process start(Lake lake, Path log) throws IOException {
    ProcessBuilder builder = TestJvm.brief(Main.class.getName(), "256m");
    builder.environment().putAll(lake.environment());
    return builder.redirectOutput(log.toFile()).start();
  }

  /** Whether the service holds exactly {@code records} records that are in no table yet. */
  private boolean holds(int records, URI metrics) {
    LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
    try {
      return http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
              .body()
              .lines()
              .filter(line -> line.startsWith("weir_sink_lag{"))
              .filter(line -> !line.contains("\"gold."))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
              .sum()
          == records;
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
