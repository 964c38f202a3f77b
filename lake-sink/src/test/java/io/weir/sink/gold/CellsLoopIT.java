package io.weir.sink.gold;

import static io.weir.sink.gold.CellTopic.cell;
import static io.weir.sink.gold.CellTopic.count;
import static io.weir.sink.gold.CellTopic.country;
import static io.weir.sink.gold.CellTopic.parts;
import static io.weir.testkit.TestRecords.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.GoldKey.Grain;
import io.weir.contract.avro.GoldCell;
import io.weir.http.Health;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.AwaitedTopic;
import io.weir.sink.loop.LoopParts;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.TopicIds;
import io.weir.sink.loop.Until;
import io.weir.sink.ops.SinkMetrics;
import io.weir.sink.ops.SinkOperations;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loop of gold's cells: what stops it, what it waits for, and how fast it is. */
@ExtendWith(Servers.class)
class CellsLoopIT {
  private static final int MEASURED = 100_000;

  @ParameterizedTest
  @ValueSource(strings = {"twelve", "", "NaN", "1e999999999", "1.", "0x1"})
  void revenueThatIsNoNumber_stopsTheLoopWithAReason(String amount, Lake lake) {
    try (var topic = CellTopic.create(lake)) {
      topic.send(cell(country(Grain.DAY, NOON, "DE"), 1, _ -> {}));
      topic.send(
          cell(
              country(Grain.DAY, NOON, "FR"),
              1,
              change -> change.setRevenue(Map.of("EUR", amount))));
      TestSink factory = lake.factory(Clock.systemUTC());
      LoopParts parts = parts(lake, factory);
      var operations = new SinkOperations(List.of(parts.health()), new SinkMetrics());
      var loop = new SinkLoop(parts, factory.consumer("cells"));
      loop.start();
      Until.holds(() -> count(lake).equals("1"), loop);
      Until.holds(() -> operations.ready().toString().contains("cannot be read"), loop);
      Until.passes(Duration.ofMillis(200), loop::doWork);

      assertThat(operations.ready().toString())
          .contains("cannot be read: revenue in currency 'EUR' is no amount: '" + amount + "'");
      assertThat(count(lake)).isEqualTo("1");
      loop.close();
    }
  }

  @Test
  void missingTopic_isAwaited(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    LoopParts parts = parts(lake, factory);
    var operations = new SinkOperations(List.of(parts.health()), new SinkMetrics());
    try (var ids = new TopicIds(lake.kafka())) {
      var loop =
          new AwaitedTopic(
              parts,
              new SinkLoop(parts, factory.consumer("cells")),
              () -> ids.exists(parts.topic()));
      loop.start();
      Until.holds(() -> operations.ready().status().equals("UP"), loop);

      assertThat(operations.ready())
          .isEqualTo(
              Health.of(
                  Map.of("gold.cells", "ok"),
                  Map.of(
                      "gold.cells",
                      "waits for topic "
                          + lake.prefix()
                          + "-stream-gold-changelog, which stream-app creates")));

      try (var topic = CellTopic.create(lake)) {
        topic.send(cell(country(Grain.DAY, NOON, "DE"), 1, _ -> {}));
        Until.holds(() -> count(lake).equals("1"), loop);
      }
      Until.holds(() -> operations.ready().equals(Health.of(Map.of("gold.cells", "ok"))), loop);
      loop.close();
    }
  }

  @Test
  void wholeService_startsWithoutTheTopicAndReadsItLater(Lake lake) {
    try (Lake.Running _ = lake.serve();
        var topic = CellTopic.create(lake)) {
      topic.send(cell(country(Grain.DAY, NOON, "DE"), 1, _ -> {}));

      Until.holds(() -> count(lake).equals("1"));
    }
  }

  @Test
  @Tag("alone")
  void manyCells_areWrittenFast(Lake lake) {
    try (var topic = CellTopic.create(lake)) {
      for (long version = 1; version <= 2; version++) {
        topic.send(true, many(version));
        TestSink factory = lake.factory(Clock.systemUTC());
        LoopParts parts = parts(lake, factory);
        var loop = new SinkLoop(parts, factory.consumer("cells"));
        loop.start();
        Until.holds(() -> loop.doWork() > 0);
        long begun = System.nanoTime();
        long read = 0;
        while (read < MEASURED * 9L / 10) {
          read += loop.doWork();
        }
        long rate = read * 1_000_000_000L / (System.nanoTime() - begun);
        loop.close();

        System.out.printf("Cells of version %d: %,d rows/s%n", version, rate);
        assertThat(rate).isGreaterThan(2_000);
      }
    }
    assertThat(count(lake)).isEqualTo(Integer.toString(MEASURED));
  }

  private static List<GoldCell> many(long version) {
    var cells = new ArrayList<GoldCell>();
    for (int i = 0; i < MEASURED; i++) {
      int number = i;
      cells.add(
          cell(
              country(Grain.QUARTER, NOON + number / 100 * 900_000L, "v" + number % 100),
              version,
              change ->
                  change
                      .setPartition(number % 4)
                      .setEvents(number)
                      .setRevenue(number % 10 == 0 ? Map.of("EUR", "12.5000") : Map.of())));
    }
    return cells;
  }
}
