package io.weir.sink;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.event;
import static io.weir.testkit.TestRecords.session;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topics;
import io.weir.lake.gold.GoldTables;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableSpec;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.Until;
import io.weir.tools.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.iceberg.exceptions.NotFoundException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;

/** The drill of docs/runbook.md: the database is lost and comes back from a backup. */
@EnabledIfEnvironmentVariable(
    named = "WEIR_NIGHTLY",
    matches = "true",
    disabledReason = "it takes a minute: WEIR_NIGHTLY=true runs it")
@ExtendWith(Servers.class)
class BackupIT {
  /** More commits than the old metadata files that a table keeps. */
  private static final int MANY = 23;

  private int sent;

  @Test
  void lostDatabase_isRestored_andEverythingGoesOn(Lake lake) throws IOException {
    commit(lake, 2);
    copy(lake, name(lake), "backup_of_" + name(lake));
    commit(lake, MANY);

    copy(lake, "backup_of_" + name(lake), name(lake));
    assertThatThrownBy(() -> lake.rows(LakeTables.SESSIONS)).isInstanceOf(NotFoundException.class);
    pointToTheNewest(lake);
    assertThat(keys(lake)).hasSize(sent);
    assertThat(lake.gold("SELECT count(*) FROM gold.session_metrics")).isEqualTo("2");
    commit(lake, 2);

    assertIsWhole(lake);
  }

  @Test
  void freshBackup_isReadOnFromItsOwnOffsets(Lake lake) {
    commit(lake, 2);
    copy(lake, name(lake), "backup_of_" + name(lake));
    commit(lake, 2);

    copy(lake, "backup_of_" + name(lake), name(lake));
    assertThat(keys(lake)).hasSize(2);
    commit(lake, 1);

    assertIsWhole(lake);
  }

  /** Everything that was sent is in silver and gold once, and the lake's books balance. */
  private void assertIsWhole(Lake lake) {
    assertThat(keys(lake)).hasSize(sent);
    assertThat(lake.rows(LakeTables.SESSIONS)).hasSize(sent);
    assertThat(lake.gold("SELECT sum(events) FROM gold.session_metrics"))
        .isEqualTo(String.valueOf(sent * (sent + 1) / 2));
    assertThat(
            lake.gold("SELECT string_agg(session_key, ',') FROM gold.session_metrics").split(","))
        .containsExactlyInAnyOrderElementsOf(keys(lake));
    assertThat(Commands.run(lake, 0, "audit", "--settle", "0")).endsWith("balanced\n");
  }

  private static Set<String> keys(Lake lake) {
    var keys = new TreeSet<String>();
    lake.rows(LakeTables.SESSIONS).forEach(row -> keys.add((String) row.getField("session_key")));
    return keys;
  }

  /** Starts lake-sink's loops, sends records, and waits for each to be committed. */
  private void commit(Lake lake, int count) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topics topics = lake.topics();
    var raw = loop(lake, factory, LakeTables.RAW_EVENTS);
    var events = loop(lake, factory, LakeTables.EVENTS);
    var sessions = loop(lake, factory, LakeTables.SESSIONS);
    var gold =
        new SinkLoop(
            factory.gold(GoldTables.SESSION_METRICS, topics.sessions(), AvroSerde.session()),
            factory.consumer("metrics"));
    gold.start();
    for (int i = 0; i < count; i++) {
      int offset = sent++;
      lake.produce(topics.raw(), 2, ("{\"event_id\":\"e" + offset + "\"}").getBytes(UTF_8));
      lake.produce(
          topics.events(),
          0,
          bytes(event("e" + offset, e -> e.setRawPartition(2).setRawOffset(offset))));
      lake.produce(
          topics.sessions(), 0, bytes(session("s" + offset, 0, s -> s.setEvents(offset + 1))));
      Until.holds(() -> keys(lake).size() == sent, raw, events, sessions, gold);
    }
    Until.holds(
        () ->
            lake.rows(LakeTables.RAW_EVENTS).size() == sent
                && lake.rows(LakeTables.EVENTS).size() == sent
                && lake.gold("SELECT count(*) FROM gold.session_metrics").equals("" + sent),
        raw,
        events,
        gold);
    raw.close();
    events.close();
    sessions.close();
    gold.close();
  }

  private static SinkLoop loop(Lake lake, TestSink factory, TableSpec spec) {
    var feeds = factory.feeds();
    var feed = feeds.all().stream().filter(each -> each.spec().equals(spec)).findFirst();
    var loop =
        new SinkLoop(
            factory.parts(feed.orElseThrow(), lake.catalog()), factory.consumer(spec.name()));
    loop.start();
    return loop;
  }

  private static String name(Lake lake) {
    String url = lake.postgres().url();
    return url.substring(url.lastIndexOf('/') + 1);
  }

  /** Replaces a database by a copy of another one, in the place of pg_dump and pg_restore. */
  private static void copy(Lake lake, String from, String to) {
    String url = lake.postgres().url().replace("/" + name(lake), "/postgres");
    try (var connection = DriverManager.getConnection(url, "postgres", "postgres");
        var statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + to + " WITH (FORCE)");
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + from + "'");
      statement.execute("CREATE DATABASE " + to + " TEMPLATE " + from);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Points each table of the catalog to its newest metadata file, by the SQL of the runbook. */
  private static void pointToTheNewest(Lake lake) throws IOException {
    for (TableSpec spec : LakeTables.all()) {
      String[] name = spec.fullName().split("\\.", -1);
      Path folder = Path.of(lake.location().warehouse(), name[0], name[1], "metadata");
      try (Stream<Path> files = Files.list(folder)) {
        String newest =
            files
                .map(file -> file.getFileName().toString())
                .filter(file -> file.endsWith(".metadata.json") && !file.startsWith("."))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        lake.change(
            """
            UPDATE iceberg_tables SET previous_metadata_location = metadata_location,
              metadata_location = regexp_replace(metadata_location, '[^/]*$', '%s')
            WHERE table_namespace = '%s' AND table_name = '%s'
            """
                .formatted(newest, name[0], name[1]));
      }
    }
  }
}
