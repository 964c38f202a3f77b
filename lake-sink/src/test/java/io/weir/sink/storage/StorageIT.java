package io.weir.sink.storage;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.event;
import static io.weir.testkit.TestRecords.retraction;
import static io.weir.testkit.TestRecords.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.Topic;
import io.weir.lake.commit.CommittedOffsets;
import io.weir.lake.table.LakeTables;
import io.weir.process.StartupException;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.LoopParts;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.Until;
import io.weir.sink.maintenance.Maintenance;
import io.weir.sink.maintenance.MaintenanceRules;
import io.weir.sink.ops.SinkMetrics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the same checks on every kind of storage and catalog. */
@ExtendWith(Servers.class)
class StorageIT {
  private static final MaintenanceRules RULES =
      new MaintenanceRules(
          128L << 20,
          Duration.ZERO,
          Duration.ofHours(24),
          MaintenanceRules.Kept.retractions(Duration.ofDays(30)));

  enum Place {
    S3,
    HDFS,
    REST_CATALOG
  }

  private static AutoCloseable start(Place place, Lake lake, Path folder) {
    return switch (place) {
      case S3 -> Storage.s3(lake, folder);
      case HDFS -> Storage.hdfs(lake, folder);
      case REST_CATALOG -> Storage.rest(lake);
    };
  }

  @ParameterizedTest
  @EnumSource
  void lakeElsewhere_isWrittenReadAndMaintained(Place place, Lake lake, @TempDir Path folder)
      throws Exception {
    try (var _ = start(place, lake, folder)) {
      Topic topic = lake.topics().sessions();
      TestSink factory = lake.factory(Clock.systemUTC());
      for (int i = 0; i < 3; i++) {
        lake.produce(topic, 0, bytes(session("s" + i, 0, _ -> {})));
        lake.produce(topic, 0, bytes(session("revised", i, _ -> {})));
      }
      leaveFilesBehind(lake);
      SinkLoop loop = loop(lake, factory);
      Table table = lake.table(LakeTables.SESSIONS);
      Until.holds(() -> next(table) == 6, loop);
      for (int i = 0; i < 4; i++) {
        lake.produce(topic, 0, bytes(session("revised", 10 + i, _ -> {})));
        long produced = 7L + i;
        Until.holds(() -> next(table) == produced, loop);
      }
      lake.produce(topic, 0, bytes(retraction("s0", 1)));
      Until.holds(() -> next(table) == 11, loop);
      loop.close();
      String before = sql(lake);
      int files = files(table).size();

      String report =
          Maintenance.of(lake.catalog(), RULES, Clock.offset(Clock.systemUTC(), RULES.orphanAge()))
              .run(LakeTables.SESSIONS)
              .toString();

      assertThat(before).contains("\"revised\":13", "\"rows\":3");
      assertThat(report).contains("5 files packed into 1");
      assertThat(files(table)).hasSizeLessThan(files);
      assertThat(sql(lake)).isEqualTo(before);
      assertThat(next(table)).isEqualTo(11);
      assertThat(lake.rows(LakeTables.SESSIONS)).hasSize(3);
    }
  }

  /** Runs a writer that reads, writes files and ends without a commit. */
  private static void leaveFilesBehind(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC(), "WEIR_SINK_ROLL_INTERVAL", "1h");
    LoopParts parts = factory.parts(factory.feeds().sessions(), lake.catalog());
    Consumer<byte[], byte[]> consumer = factory.consumer("sessions");
    var loop = new SinkLoop(parts, consumer);
    loop.start();
    var taken = new int[1];
    Until.holds(() -> (taken[0] += loop.doWork()) == 6);
    assertThat(parts.writer().close().files()).isPositive();
    consumer.unsubscribe();
    consumer.close();
  }

  private static SinkLoop loop(Lake lake, TestSink factory) {
    LoopParts parts = factory.parts(factory.feeds().sessions(), lake.catalog());
    var loop = new SinkLoop(parts, factory.consumer("sessions"));
    loop.start();
    return loop;
  }

  private static long next(Table table) {
    table.refresh();
    return CommittedOffsets.newest(table).offsets().of(0);
  }

  private static String sql(Lake lake) {
    return lake.sql(
        "SELECT count(*) AS rows, max(revision) AS revised FROM silver.sessions", "--json");
  }

  private static List<String> files(Table table) {
    var files = new ArrayList<String>();
    for (FileInfo file : ((SupportsPrefixOperations) table.io()).listPrefix(table.location())) {
      files.add(file.location());
    }
    return files;
  }

  @Test
  void objectStoreAway_isReportedRetriedAndLosesNothing(Lake lake, @TempDir Path folder) {
    try (ServerProcess server = Storage.s3(lake, folder)) {
      var metrics = new SinkMetrics();
      TestSink factory = lake.factory(metrics);
      Topic topic = lake.topics().events();
      LoopParts parts = factory.parts(factory.feeds().events(), lake.catalog());
      var loop = new SinkLoop(parts, factory.consumer("events"));
      loop.start();
      lake.produce(topic, 0, bytes(event("e0", _ -> {})));
      Until.holds(() -> lake.rows(LakeTables.EVENTS).size() == 1, loop);

      server.stop();
      lake.produce(topic, 0, bytes(event("e1", _ -> {})));
      long away = System.nanoTime();
      Until.holds(() -> parts.health().problem().isPresent(), loop);
      Duration noticed = Duration.ofNanos(System.nanoTime() - away);
      String problem = parts.health().problem().orElse("");
      server.startAgain();
      Until.holds(() -> lake.rows(LakeTables.EVENTS).size() == 2, loop);
      Until.holds(() -> parts.health().problem().isEmpty(), loop);
      loop.close();

      assertThat(noticed).isLessThan(Duration.ofSeconds(15));
      assertThat(problem).contains("/weir/silver/events/");
      assertThat(metrics.text())
          .containsPattern("weir_sink_retries_total\\{table=\"silver.events\"} [1-9]");
      assertThat(lake.rows(LakeTables.EVENTS))
          .extracting(row -> row.getField("event_id"))
          .containsExactlyInAnyOrder("e0", "e1");
    }
  }

  @Test
  void valuesOfEvents_areInNoPath(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().events();
    lake.produce(
        topic,
        0,
        bytes(
            event(
                "../../poison",
                event ->
                    event
                        .setEventType("poison/type")
                        .setVisitorId("..%2fpoison")
                        .setUrl("https://poison/..")
                        .setCountry("poison"))));
    LoopParts parts = factory.parts(factory.feeds().events(), lake.catalog());
    var loop = new SinkLoop(parts, factory.consumer("events"));
    loop.start();
    Until.holds(() -> lake.rows(LakeTables.EVENTS).size() == 1, loop);
    loop.close();

    Table table = lake.table(LakeTables.EVENTS);
    assertThat(files(table))
        .hasSizeGreaterThan(3)
        .noneMatch(file -> file.contains("poison"))
        .allMatch(
            file -> file.matches(".*/silver/events/(metadata|data/event_time_day=[-0-9]+)/[^/]+"));
  }

  @Test
  void restCatalogAway_namesTheSetting(Lake lake) throws Exception {
    Storage.rest(lake).close();

    assertThatThrownBy(() -> lake.factory(Clock.systemUTC()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_SINK_CATALOG_URI");
  }
}
