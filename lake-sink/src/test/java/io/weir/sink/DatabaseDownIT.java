package io.weir.sink;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.event;
import static io.weir.testkit.TestRecords.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topics;
import io.weir.lake.commit.CommittedOffsets;
import io.weir.lake.table.LakeTables;
import io.weir.sink.loop.LoopParts;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.Until;
import io.weir.testkit.StoppablePostgres;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Takes the database of the catalog and gold away for a few seconds. {@code -Dweir.outage=PT5M}
 * makes it five minutes, as promised in the README.
 */
@ExtendWith(Servers.class)
class DatabaseDownIT {
  private static final Duration OUTAGE = Duration.parse(System.getProperty("weir.outage", "PT3S"));
  private static final int BULK = 1_000;
  private static final int RECORDS = 8_000;
  private static final int ROLL_BYTES = 1 << 20;
  private static final int MOST_RECORDS_OF_A_POLL = 2_000;
  private static final int ENOUGH = 20_000;

  enum Outage {
    STOPPED,
    FROZEN
  }

  @Test
  void databaseStopped_isReadOnUpToARollAndNoFurther(Lake lake, @TempDir Path folder) {
    try (var postgres = new StoppablePostgres(folder)) {
      lake.set("WEIR_POSTGRES_URL", postgres.url());
      lake.set("WEIR_SINK_ROLL_SIZE", Integer.toString(ROLL_BYTES));
      TestSink factory = lake.factory(Clock.systemUTC());
      LoopParts parts = factory.parts(factory.feeds().events(), lake.catalog());
      var loop = new SinkLoop(parts, factory.consumer("events"));
      loop.start();
      lake.produce(lake.topics().events(), 0, bytes(event("first", _ -> {})));
      Table table = lake.table(LakeTables.EVENTS);
      Until.holds(() -> committed(table) == 1, loop);

      postgres.stop();
      Until.holds(() -> parts.health().problem().isPresent(), loop);
      produceBulk(lake);
      var read = new int[1];
      Until.holds(() -> (read[0] += loop.doWork()) > 0 && isFull(parts));
      int more = 0;
      for (int i = 0; i < 5; i++) {
        more += loop.doWork();
      }
      long held = parts.writer().bytes();
      postgres.start();
      Until.holds(() -> committed(table) == RECORDS + 1, loop);
      Until.holds(() -> parts.health().problem().isEmpty(), loop);
      loop.close();

      assertThat(read[0]).isLessThan(RECORDS);
      assertThat(more).isZero();
      assertThat(held)
          .isBetween((long) ROLL_BYTES, ROLL_BYTES + 2L * BULK * MOST_RECORDS_OF_A_POLL);
      assertThat(lake.rows(LakeTables.EVENTS).stream().map(row -> row.getField("event_id")))
          .hasSize(RECORDS + 1)
          .doesNotHaveDuplicates();
    }
  }

  private static boolean isFull(LoopParts parts) {
    return parts.roll().isFull(parts.writer().bytes());
  }

  /** Produces texts that no codec can compress. */
  private static void produceBulk(Lake lake) {
    var random = new Random(7);
    byte[] bulk = new byte[BULK];
    for (int i = 0; i < RECORDS; i++) {
      random.nextBytes(bulk);
      String text = Base64.getEncoder().encodeToString(bulk);
      byte[] value = bytes(event("e" + i, change -> change.setUrl(text)));
      lake.sendSoon(lake.topics().events(), i % 4, value);
    }
    lake.flush();
  }

  @ParameterizedTest
  @EnumSource
  void serviceWithoutDatabase_saysSoLosesNothingAndGoesOn(
      Outage outage, Lake lake, @TempDir Path folder) {
    try (var postgres = new StoppablePostgres(folder)) {
      lake.set("WEIR_POSTGRES_URL", postgres.url());
      try (var service = new SinkService(lake.config(), Clock.systemUTC())) {
        service.start();
        var pair = new Pair(lake);
        Until.holds(() -> Answers.get(service, "/ready").startsWith("200"));
        pair.produce();
        Table events = lake.table(LakeTables.EVENTS);
        Until.holds(() -> committed(events) == 1 && goldRows(lake) == 1);

        begin(outage, postgres);
        long away = System.nanoTime();
        Until.holds(() -> bothDown(Answers.get(service, "/ready")));
        Duration noticed = Duration.ofNanos(System.nanoTime() - away);
        String reasons = Answers.get(service, "/ready");
        Until.passes(OUTAGE, pair::produce);
        end(outage, postgres);
        long back = System.nanoTime();
        Until.holds(() -> Answers.get(service, "/ready").startsWith("200"));
        Duration resumed = Duration.ofNanos(System.nanoTime() - back);
        Table sessions = lake.table(LakeTables.SESSIONS);
        Until.holds(() -> committed(events) == pair.produced && goldRows(lake) == pair.produced);
        Until.holds(() -> committed(sessions) == pair.produced);

        System.out.printf(
            "database %s for %s: noticed after %s, %,d records twice meanwhile, ready after %s%n  %s%n",
            outage, OUTAGE, noticed, pair.produced, resumed, reasons);
        assertThat(noticed).isLessThan(Duration.ofSeconds(30));
        assertThat(lake.rows(LakeTables.EVENTS).stream().map(row -> row.getField("event_id")))
            .hasSize(pair.produced)
            .doesNotHaveDuplicates();
        assertThat(lake.rows(LakeTables.SESSIONS)).hasSize(pair.produced);
      }
    }
  }

  private static boolean bothDown(String ready) {
    return ready.startsWith("503")
        && !ready.contains("\"silver.events\":\"ok\"")
        && !ready.contains("\"gold.session_metrics\":\"ok\"");
  }

  private static void begin(Outage outage, StoppablePostgres postgres) {
    switch (outage) {
      case STOPPED -> postgres.stop();
      case FROZEN -> postgres.freeze();
    }
  }

  private static void end(Outage outage, StoppablePostgres postgres) {
    switch (outage) {
      case STOPPED -> postgres.start();
      case FROZEN -> postgres.thaw();
    }
  }

  private static long committed(Table table) {
    table.refresh();
    return CommittedOffsets.newest(table).offsets().next().values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static int goldRows(Lake lake) {
    return Integer.parseInt(lake.gold("SELECT count(*) FROM gold.session_metrics"));
  }

  /** Produces one event and one session at a time. */
  private static final class Pair {
    private final Lake lake;
    private int produced;

    Pair(Lake lake) {
      this.lake = lake;
    }

    void produce() {
      if (produced >= ENOUGH) {
        return;
      }
      Topics topics = lake.topics();
      lake.produce(topics.events(), produced % 4, bytes(event("e" + produced, _ -> {})));
      lake.produce(topics.sessions(), produced % 4, bytes(session("s" + produced, 0, _ -> {})));
      produced++;
    }
  }
}
