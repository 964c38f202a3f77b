package io.weir.sink;

import static io.weir.sink.TestRecords.bytes;
import static io.weir.sink.TestRecords.score;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.FreePort;
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
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The real process, stopped by SIGTERM before its first commit. */
@ExtendWith(Servers.class)
class StopIT {
  private static final int STOPPED = 128 + 15;
  private static final long BETWEEN_LOOKS_NANOS = 50_000_000;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void stoppedBeforeItsFirstCommit_endsInOrder(Lake lake, @TempDir Path folder)
      throws IOException, InterruptedException {
    int port = FreePort.next();
    lake.set("WEIR_SINK_PORT", Integer.toString(port));
    lake.set("WEIR_SINK_ROLL_INTERVAL", "10m");
    lake.factory(Clock.systemUTC());
    lake.produce(lake.config().topics().scores(), 0, bytes(score("s", 0, 0.5)));
    Path log = folder.resolve("sink.log");
    Process service = start(lake, log);
    try {
      URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
      Until.holds(() -> service.isAlive() && holdsRecords(metrics));

      service.destroy();

      assertThat(service.waitFor()).as(Files.readString(log)).isEqualTo(STOPPED);
    } finally {
      service.destroyForcibly().waitFor();
    }
  }

  private static Process start(Lake lake, Path log) throws IOException {
    var builder =
        new ProcessBuilder(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    builder.environment().putAll(lake.environment());
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** Whether the service has read records that are in no file yet. */
  private boolean holdsRecords(URI metrics) {
    LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
    try {
      return http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith("weir_sink_buffer_bytes "))
          .anyMatch(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))) > 0);
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
