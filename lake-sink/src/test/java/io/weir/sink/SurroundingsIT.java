package io.weir.sink;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.event;
import static io.weir.testkit.TestRecords.session;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topic;
import io.weir.lake.gold.GoldTables;
import io.weir.lake.table.LakeTables;
import io.weir.process.StartupException;
import io.weir.sink.loop.LoopParts;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Servers.class)
class SurroundingsIT {

  @Test
  void databaseGoesAndComesBack_nothingIsLostOrDoubled(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().events();
    LoopParts parts = factory.parts(factory.feeds().events(), lake.catalog());
    var loop = new SinkLoop(parts, factory.consumer("events"));
    loop.start();
    lake.produce(topic, 0, bytes(event("e0", _ -> {})));
    Until.holds(() -> lake.rows(LakeTables.EVENTS).size() == 1, loop);

    lake.database().shut();
    lake.produce(topic, 0, bytes(event("e1", _ -> {})));
    Until.holds(() -> parts.health().problem().isPresent(), loop);
    String problem = parts.health().problem().orElse("");
    lake.produce(topic, 0, bytes(event("e2", _ -> {})));
    lake.database().reopen();
    Until.holds(() -> lake.rows(LakeTables.EVENTS).size() >= 3, loop);
    Until.holds(() -> parts.health().problem().isEmpty(), loop);
    loop.close();

    assertThat(problem).containsAnyOf("I/O error", "refused", "connection has been closed");
    assertThat(lake.rows(LakeTables.EVENTS))
        .extracting(row -> row.getField("event_id"))
        .containsExactlyInAnyOrder("e0", "e1", "e2");
  }

  @Test
  void databaseGoesAndComesBack_goldCatchesUp(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().sessions();
    LoopParts parts = factory.gold(GoldTables.SESSION_METRICS, topic, AvroSerde.session());
    var loop = new SinkLoop(parts, factory.consumer("session_metrics"));
    loop.start();
    lake.produce(topic, 0, bytes(session("a", 0, _ -> {})));
    Until.holds(() -> goldRows(lake).equals("1"), loop);

    lake.database().shut();
    lake.produce(topic, 0, bytes(session("b", 0, _ -> {})));
    Until.holds(() -> parts.health().problem().isPresent(), loop);
    lake.database().reopen();
    Until.holds(() -> goldRows(lake).equals("2"), loop);
    loop.close();

    assertThat(parts.health().problem()).isEmpty();
  }

  private static String goldRows(Lake lake) {
    return lake.gold("SELECT count(*) FROM gold.session_metrics");
  }

  @Test
  void unreadableRecord_stopsTheTableBehindWhatCameBefore(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().events();
    lake.produce(
        topic,
        1,
        bytes(event("e0", _ -> {})),
        "rubbish".getBytes(UTF_8),
        bytes(event("e2", _ -> {})));
    LoopParts parts = factory.parts(factory.feeds().events(), lake.catalog());
    var loop = new SinkLoop(parts, factory.consumer("events"));
    loop.start();

    Until.holds(() -> lake.rows(LakeTables.EVENTS).size() == 1, loop);
    for (int i = 0; i < 5; i++) {
      assertThat(loop.doWork()).isZero();
    }
    loop.close();

    assertThat(lake.rows(LakeTables.EVENTS)).hasSize(1);
    assertThat(parts.health().problem().orElse(""))
        .contains("topic " + topic.name() + " partition 1 offset 1 cannot be read");
  }

  @Test
  void unreadableRecord_stopsGoldBehindWhatCameBefore(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().sessions();
    lake.produce(topic, 0, bytes(session("a", 0, _ -> {})), new byte[] {1});
    LoopParts parts = factory.gold(GoldTables.SESSION_METRICS, topic, AvroSerde.session());
    var loop = new SinkLoop(parts, factory.consumer("session_metrics"));
    loop.start();

    Until.holds(() -> goldRows(lake).equals("1"), loop);
    loop.close();

    assertThat(parts.health().problem().orElse("")).contains("partition 0 offset 1 cannot be read");
  }

  @Test
  void warehouseBreaks_isNotReadyAndGoesOnLater(Lake lake) throws IOException {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().events();
    LoopParts parts = factory.parts(factory.feeds().events(), lake.catalog());
    Path data =
        Path.of(
                java.net.URI.create(
                    "file:"
                        + lake.table(LakeTables.EVENTS)
                            .location()
                            .replace(" ", "%20")
                            .replaceFirst("^file:", "")))
            .resolve("data");
    Files.createDirectories(data.getParent());
    Files.writeString(data, "in the way");
    var loop = new SinkLoop(parts, factory.consumer("events"));
    loop.start();
    lake.produce(topic, 0, bytes(event("e0", _ -> {})));
    Until.holds(
        () -> parts.health().problem().filter(p -> !p.equals("starting")).isPresent(), loop);

    Files.delete(data);
    Until.holds(() -> lake.rows(LakeTables.EVENTS).size() == 1, loop);
    loop.close();

    assertThat(parts.health().problem()).isEmpty();
  }

  @Test
  void twoInstancesStartAtOnce_bothFindEverythingMade(Lake lake) {
    List<CompletableFuture<Void>> starts =
        List.of(
            CompletableFuture.runAsync(() -> lake.factory(Clock.systemUTC())),
            CompletableFuture.runAsync(() -> lake.factory(Clock.systemUTC())));

    starts.forEach(CompletableFuture::join);

    assertThat(lake.rows(LakeTables.SCORES)).isEmpty();
    assertThat(goldRows(lake)).isEqualTo("0");
  }

  @Test
  void databaseDownAtStart_namesTheSetting(Lake lake) {
    lake.database().shut();

    assertThatThrownBy(() -> lake.factory(Clock.systemUTC()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_POSTGRES_URL");
  }

  @Test
  void warehouseNotWritable_namesTheSetting(Lake lake, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");

    assertThatThrownBy(
            () -> lake.factory(Clock.systemUTC(), "WEIR_SINK_WAREHOUSE", file.toString()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_SINK_WAREHOUSE=" + file);
  }

  @Test
  void portInUse_namesTheSetting(Lake lake) {
    try (var first = new SinkService(lake.config(), Clock.systemUTC())) {
      first.start();
      String port = Integer.toString(first.port());
      try (var second = new SinkService(lake.config("WEIR_SINK_PORT", port), Clock.systemUTC())) {
        assertThatThrownBy(second::start)
            .isInstanceOf(StartupException.class)
            .hasMessageContaining("WEIR_SINK_PORT");
      }
    }
  }
}
