package io.weir.sink.maintenance;

import static io.weir.testkit.TestRecords.NOON;
import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.event;
import static io.weir.testkit.TestRecords.retraction;
import static io.weir.testkit.TestRecords.session;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topic;
import io.weir.lake.commit.CommittedOffsets;
import io.weir.lake.commit.Offsets;
import io.weir.lake.table.KeptFrom;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableSpec;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.TableFeed;
import io.weir.sink.loop.Until;
import io.weir.testkit.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class MaintenanceIT {
  private static final MaintenanceRules RULES =
      new MaintenanceRules(
          128L << 20,
          Duration.ZERO,
          Duration.ofHours(24),
          MaintenanceRules.Kept.retractions(Duration.ofDays(30)));

  @Test
  void smallFilesAndDeletes_becomeOneFileWithTheSameRows(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().sessions();
    SinkLoop loop = loop(lake, factory, factory.feeds().sessions());
    Table table = lake.table(LakeTables.SESSIONS);
    for (int i = 0; i < 6; i++) {
      lake.produce(
          topic,
          0,
          bytes(session("live" + i, 0, _ -> {})),
          bytes(session("revised", i, _ -> {})),
          bytes(i % 2 == 0 ? session("gone", i, _ -> {}) : retraction("gone", i)));
      long produced = 3L * (i + 1);
      Until.holds(() -> next(table) == produced, loop);
    }
    Offsets before = offsets(lake, LakeTables.SESSIONS);
    Set<String> rows = keys(lake, LakeTables.SESSIONS, "session_key");

    Maintenance maintenance = Maintenance.of(lake.catalog(), RULES, Clock.systemUTC());
    String planned = maintenance.dryRun().run(LakeTables.SESSIONS).toString();
    String done = maintenance.run(LakeTables.SESSIONS).toString();
    String again = maintenance.run(LakeTables.SESSIONS).toString();

    assertThat(rows).hasSize(7).contains("revised").doesNotContain("gone");
    assertThat(planned).contains("6 files packed into 1");
    assertThat(done).contains("6 files packed into 1");
    assertThat(again).contains("0 files packed into 0, 0 delete files merged");
    table.refresh();
    assertThat(table.currentSnapshot().summary())
        .containsEntry("total-data-files", "1")
        .containsEntry("total-delete-files", "0")
        .containsEntry("total-records", "7");
    assertThat(table.snapshots()).hasSize(1);
    assertThat(offsets(lake, LakeTables.SESSIONS)).isEqualTo(before);
    assertThat(keys(lake, LakeTables.SESSIONS, "session_key")).isEqualTo(rows);

    lake.produce(topic, 0, bytes(session("revised", 7, _ -> {})), bytes(retraction("live0", 1)));
    Until.holds(() -> next(table) == 20, loop);
    loop.close();
    assertThat(lake.rows(LakeTables.SESSIONS)).hasSize(6);
  }

  @Test
  void foreignCommitsOnTop_offsetsOutliveExpiry(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    lake.produce(lake.topics().events(), 0, bytes(event("e", _ -> {})));
    take(lake, factory, factory.feeds().events(), 1);
    Table table = lake.table(LakeTables.EVENTS);
    for (int i = 0; i < 3; i++) {
      table.newAppend().commit();
    }

    Maintenance.of(lake.catalog(), RULES, Clock.systemUTC()).run(LakeTables.EVENTS);

    assertThat(offsets(lake, LakeTables.EVENTS).of(0)).isEqualTo(1);
  }

  @Test
  void oldRetractions_areForgotten(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    lake.produce(lake.topics().sessions(), 0, bytes(retraction("a", 1)));
    take(lake, factory, factory.feeds().sessions(), 1);
    var later = new ManualClock(Instant.now().plus(Duration.ofDays(32)));

    Maintenance.of(lake.catalog(), RULES, Clock.systemUTC()).run(LakeTables.RETRACTED_SESSIONS);
    assertThat(lake.rows(LakeTables.RETRACTED_SESSIONS)).hasSize(1);
    Maintenance.of(lake.catalog(), RULES, later).run(LakeTables.RETRACTED_SESSIONS);

    assertThat(lake.rows(LakeTables.RETRACTED_SESSIONS)).isEmpty();
  }

  @Test
  void bronzeAndSilver_haveAgesOfTheirOwn(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Instant now = Instant.now();
    lake.produce(lake.topics().raw(), 0, "raw".getBytes(UTF_8));
    lake.produce(
        lake.topics().sessions(),
        0,
        bytes(session("s", 0, each -> each.setStartTime(now.toEpochMilli()))));
    take(lake, factory, factory.feeds().raw(), 1);
    take(lake, factory, factory.feeds().sessionChanges(), 1);

    assertThat(rowsAfter(lake, 9)).isEqualTo("1 1");
    assertThat(rowsAfter(lake, 11)).isEqualTo("0 1");
    assertThat(rowsAfter(lake, 37)).isEqualTo("0 0");
  }

  /**
   * The rows of bronze, kept for 9 days, and of silver, kept for 35, that are left after a time.
   */
  private static String rowsAfter(Lake lake, int days) {
    var kept = new MaintenanceRules.Kept(Duration.ofDays(9), Duration.ofDays(35), Duration.ZERO);
    var rules = new MaintenanceRules(128L << 20, Duration.ZERO, Duration.ofHours(24), kept);
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(days));
    Maintenance maintenance = Maintenance.of(lake.catalog(), rules, later);
    maintenance.run(LakeTables.RAW_EVENTS);
    maintenance.run(LakeTables.SESSION_CHANGES);
    return lake.rows(LakeTables.RAW_EVENTS).size()
        + " "
        + lake.rows(LakeTables.SESSION_CHANGES).size();
  }

  @Test
  void oldDays_areDropped_andTheTableSaysSo(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Instant now = Instant.now();
    Instant day = now.truncatedTo(ChronoUnit.DAYS).minus(35, ChronoUnit.DAYS);
    for (Instant time : List.of(now, day, day.minusMillis(1), day.minus(Duration.ofDays(9)))) {
      lake.produce(
          lake.topics().events(),
          0,
          bytes(event(time.toString(), builder -> builder.setEventTime(time.toEpochMilli()))));
    }
    take(lake, factory, factory.feeds().events(), 4);
    Offsets before = offsets(lake, LakeTables.EVENTS);
    var kept = new MaintenanceRules.Kept(Duration.ofDays(9), Duration.ofDays(35), Duration.ZERO);
    var rules = new MaintenanceRules(128L << 20, Duration.ZERO, Duration.ofHours(24), kept);
    Maintenance maintenance = Maintenance.of(lake.catalog(), rules, Clock.systemUTC());

    assertThat(maintenance.dryRun().run(LakeTables.EVENTS).toString())
        .contains("2 files of old rows dropped");
    assertThat(KeptFrom.of(lake.table(LakeTables.EVENTS))).isEqualTo(Instant.EPOCH);
    assertThat(maintenance.run(LakeTables.EVENTS).toString())
        .contains("2 files of old rows dropped");
    assertThat(maintenance.run(LakeTables.EVENTS).toString())
        .contains("0 files of old rows dropped");

    assertThat(keys(lake, LakeTables.EVENTS, "event_id"))
        .containsExactlyInAnyOrder(now.toString(), day.toString());
    assertThat(KeptFrom.of(lake.table(LakeTables.EVENTS))).isEqualTo(day);
    assertThat(offsets(lake, LakeTables.EVENTS)).isEqualTo(before);
    lake.produce(lake.topics().events(), 0, bytes(event("next", _ -> {})));
    take(lake, factory, factory.feeds().events(), 5);
    assertThat(keys(lake, LakeTables.EVENTS, "event_id")).hasSize(3);
    KeptFrom.raise(lake.table(LakeTables.EVENTS), day.minusMillis(1));
    assertThat(KeptFrom.of(lake.table(LakeTables.EVENTS))).isEqualTo(day);
  }

  @Test
  void writersMaintenanceAndItsCrashes_rowsAreExact(Lake lake) throws IOException {
    TestSink factory = lake.factory(Clock.systemUTC());
    Table table = lake.table(LakeTables.EVENTS);
    Path data = Files.createDirectories(path(table.location()).resolve("data"));
    Path old = age(Files.writeString(data.resolve("old.parquet"), "stray"));
    Path young = Files.writeString(data.resolve("young.parquet"), "stray");
    var isOver = new AtomicBoolean();
    Thread maintainer = Thread.ofPlatform().start(() -> maintain(lake, isOver));
    Thread doomed = Thread.ofPlatform().start(() -> crash(lake, isOver));

    int produced = 0;
    SinkLoop loop = loop(lake, factory, factory.feeds().events());
    for (int i = 0; i < 15; i++) {
      for (int j = 0; j < 10; j++) {
        lake.produce(lake.topics().events(), j % 4, bytes(event("e" + produced++, _ -> {})));
      }
      int now = produced;
      Until.holds(() -> next(table) >= now, loop);
    }
    isOver.set(true);
    join(maintainer);
    join(doomed);
    loop.close();
    Maintenance.of(lake.catalog(), RULES, Clock.systemUTC()).run(LakeTables.EVENTS);

    assertThat(lake.rows(LakeTables.EVENTS)).hasSize(produced);
    assertThat(keys(lake, LakeTables.EVENTS, "event_id")).hasSize(produced);
    assertThat(next(table)).isEqualTo(produced);
    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(files(table)).allSatisfy(file -> assertThat(path(file)).exists());
  }

  private static void maintain(Lake lake, AtomicBoolean isOver) {
    Maintenance maintenance = Maintenance.of(lake.catalog(), RULES, Clock.systemUTC());
    while (!isOver.get()) {
      try {
        maintenance.run(LakeTables.EVENTS);
      } catch (RuntimeException e) {
        // The other maintenance was faster; the service also tries again.
        assertThat(e.getMessage()).isNotNull();
      }
    }
  }

  /** Crashes maintenance again and again after files were written, or even committed. */
  private static void crash(Lake lake, AtomicBoolean isOver) {
    var catalog = new CrashingCatalog(lake.catalog());
    while (!isOver.get()) {
      try {
        Maintenance.of(catalog.proxy(), RULES, Clock.systemUTC()).run(LakeTables.EVENTS);
      } catch (CrashingCatalog.Crash e) {
        // Like a killed process: nothing is cleaned up.
        assertThat(e.getMessage()).isNotNull();
      } catch (RuntimeException e) {
        assertThat(e.getMessage()).isNotNull();
      }
    }
    assertThat(catalog.crashes()).isPositive();
  }

  @Test
  void command_maintainsOneTable(Lake lake) {
    lake.factory(Clock.systemUTC());

    String one = lake.maintain(0, "--table", "silver.events");
    String all = lake.maintain(0, "--dry-run");
    String none = lake.maintain(2, "--table", "silver.nothing");

    assertThat(one).startsWith("silver.events: 0 files packed").hasLineCount(1);
    assertThat(all)
        .hasLineCount(14)
        .endsWith("0 old restatements without a month and 0 old alerts removed\n");
    assertThat(none)
        .startsWith("lake-sink: --table silver.nothing is none of bronze.raw_events")
        .hasLineCount(1);
  }

  private static void take(Lake lake, TestSink factory, TableFeed feed, long offset) {
    SinkLoop loop = loop(lake, factory, feed);
    Table table = lake.table(feed.spec());
    Until.holds(() -> next(table) == offset, loop);
    loop.close();
  }

  private static SinkLoop loop(Lake lake, TestSink factory, TableFeed feed) {
    var loop =
        new SinkLoop(factory.parts(feed, lake.catalog()), factory.consumer(feed.spec().name()));
    loop.start();
    return loop;
  }

  private static Offsets offsets(Lake lake, TableSpec spec) {
    return CommittedOffsets.newest(lake.table(spec)).offsets();
  }

  private static long next(Table table) {
    table.refresh();
    return CommittedOffsets.newest(table).offsets().next().values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static Set<String> keys(Lake lake, TableSpec spec, String column) {
    var keys = new TreeSet<String>();
    lake.rows(spec).forEach(row -> keys.add((String) row.getField(column)));
    return keys;
  }

  private static List<String> files(Table table) {
    table.refresh();
    var files = new ArrayList<String>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      tasks.forEach(task -> files.add(task.file().location()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static Path age(Path file) throws IOException {
    return Files.setLastModifiedTime(file, FileTime.fromMillis(NOON));
  }

  private static Path path(String location) {
    return Path.of(new org.apache.hadoop.fs.Path(location).toUri().getPath());
  }

  private static void join(Thread thread) {
    try {
      thread.join(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    assertThat(thread.isAlive()).isFalse();
  }
}
