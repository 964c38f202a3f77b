package io.weir.sink;

import static io.weir.sink.TestRecords.NOON;
import static io.weir.sink.TestRecords.bytes;
import static io.weir.sink.TestRecords.event;
import static io.weir.sink.TestRecords.rejected;
import static io.weir.sink.TestRecords.score;
import static io.weir.sink.TestRecords.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topics;
import io.weir.sink.table.LakeTables;
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
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The real service, all tables at once, with the least memory it promises to live with. */
@ExtendWith(Servers.class)
class SmallHeapIT {
  private static final int PARTITIONS = 12;
  private static final int ROUNDS = 5_000;
  private static final int TOPICS = 6;
  private static final int DAYS = 10;
  private static final long DAY = 86_400_000L;
  private static final int BULK = 2_000;
  private static final Pattern HEAP = Pattern.compile("Pause .* (\\d+)M->\\d+M");
  private static final Pattern ROWS = Pattern.compile("weir_sink_rows_total\\{\\S+} (\\S+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Random random = new Random(42);

  @Test
  void halfAGigabyte_isEnoughForTwelvePartitionsOfAllTables(Lake lake, @TempDir Path folder)
      throws IOException, InterruptedException {
    lake.set("WEIR_TOPIC_PARTITIONS", Integer.toString(PARTITIONS));
    lake.set("WEIR_SINK_ROLL_INTERVAL", "10s");
    String port = Integer.toString(FreePort.next());
    lake.set("WEIR_SINK_PORT", port);
    lake.factory(Clock.systemUTC());
    Topics topics = lake.config().topics();
    for (int i = 0; i < ROUNDS; i++) {
      produce(lake, topics, i);
    }
    lake.flush();

    Process service = start(lake, folder);
    try {
      URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
      long all = (long) TOPICS * ROUNDS;
      Until.holds(() -> isAlive(service, folder) && committed(metrics) >= all);
      System.out.printf(
          "-Xmx512m, %d partitions, %d days, %,d records: heap at most %d MB, resident %s%n",
          PARTITIONS, DAYS, all, peakHeap(folder), resident(service));
      assertThat(lake.rows(LakeTables.SESSIONS)).hasSize(ROUNDS);
    } finally {
      service.destroyForcibly().waitFor();
    }
  }

  /** Texts that no codec makes small: what lies in memory is large. */
  private void produce(Lake lake, Topics topics, int number) {
    int partition = number % PARTITIONS;
    long time = NOON - number % DAYS * DAY;
    byte[] bulk = new byte[BULK];
    random.nextBytes(bulk);
    String text = Base64.getEncoder().encodeToString(bulk);
    byte[] event = bytes(event("e" + number, each -> each.setEventTime(time).setUrl(text)));
    String key = "s" + number;
    lake.sendSoon(topics.raw(), partition, event);
    lake.sendSoon(topics.events(), partition, event);
    lake.sendSoon(topics.late(), partition, event);
    lake.sendSoon(topics.rejected(), partition, bytes(rejected(bulk)));
    lake.sendSoon(
        topics.sessions(),
        partition,
        bytes(session(key, 0, each -> each.setStartTime(time).setEntryPage(text))));
    lake.sendSoon(topics.scores(), partition, bytes(score(key, 0, 0.5)));
  }

  private static Process start(Lake lake, Path folder) throws IOException {
    var builder =
        new ProcessBuilder(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xmx512m",
                "-Xlog:gc:file=" + folder.resolve("gc.log"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    builder.environment().putAll(lake.environment());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("sink.log").toFile())
        .start();
  }

  private static boolean isAlive(Process service, Path folder) {
    if (service.isAlive()) {
      return true;
    }
    try {
      throw new AssertionError("it ended: " + Files.readString(folder.resolve("sink.log")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long committed(URI metrics) {
    try {
      String text =
          http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
      return (long)
          ROWS.matcher(text)
              .results()
              .filter(row -> !row.group().contains("gold"))
              .mapToDouble(row -> Double.parseDouble(row.group(1)))
              .sum();
    } catch (ConnectException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static long peakHeap(Path folder) throws IOException {
    return HEAP.matcher(Files.readString(folder.resolve("gc.log")))
        .results()
        .mapToLong(pause -> Long.parseLong(pause.group(1)))
        .max()
        .orElse(0);
  }

  private static String resident(Process service) throws IOException {
    Path status = Path.of("/proc", Long.toString(service.pid()), "status");
    return Files.exists(status)
        ? Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .findFirst()
            .orElse("unknown")
        : "unknown";
  }
}
