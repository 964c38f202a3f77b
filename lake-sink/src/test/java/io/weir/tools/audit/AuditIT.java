package io.weir.tools.audit;

import static io.weir.testkit.TestRecords.NOON;
import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.event;
import static io.weir.testkit.TestRecords.rejected;
import static io.weir.testkit.TestRecords.session;
import static io.weir.tools.Commands.run;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topics;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;
import io.weir.contract.avro.RejectedRecord;
import io.weir.lake.commit.CommittedOffsets;
import io.weir.lake.table.KeptFrom;
import io.weir.lake.table.LakeTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.TableFeed;
import io.weir.sink.loop.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class AuditIT {

  @Test
  void everyRecordHasAnEnd_balances(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topics topics = lake.topics();
    lake.produce(topics.raw(), 0, raw("a"), raw("b"), raw("a"), "junk".getBytes(UTF_8));
    lake.transaction(topics.raw(), true, raw("c"));
    lake.transaction(topics.raw(), false, raw("aborted"));
    lake.produce(topics.raw(), 0, raw("d"));
    lake.produce(
        topics.events(),
        0,
        bytes(accepted("a", 0)),
        bytes(accepted("b", 1)),
        bytes(accepted("c", 4)));
    lake.produce(
        topics.rejected(),
        0,
        bytes(
            RejectedRecord.newBuilder(rejected(new byte[] {1}))
                .setRawTopic(topics.raw().name())
                .setRawPartition(0)
                .setRawOffset(3)
                .build()));
    take(lake, factory, factory.feeds().raw(), 9);
    take(lake, factory, factory.feeds().events(), 3);
    take(lake, factory, factory.feeds().rejected(), 1);

    assertThat(run(lake, 0, "audit", "--settle", "0"))
        .contains("0  0 to 8  6 = 3 + 1 + 1 + 1  0\n")
        .endsWith("balanced\n");
    assertThat(run(lake, 1, "audit", "--no-kafka"))
        .contains("partition 0: offsets 5 to 7 are missing\nnot balanced: 1 problems");

    lake.produce(topics.raw(), 0, raw("e"));
    lake.produce(topics.events(), 0, bytes(accepted("e", 9)), bytes(accepted("e", 9)));
    take(lake, factory, factory.feeds().raw(), 10);
    take(lake, factory, factory.feeds().events(), 5);
    assertThat(run(lake, 1, "audit", "--settle", "0"))
        .contains(
            "partition 0: offsets 8 were received and never accepted, rejected or duplicate\n",
            "partition 0: offsets 9 were accepted twice\n");
  }

  @Test
  void fileLostOrAppendedTwice_namesTheOffsets(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topics topics = lake.topics();
    for (int i = 0; i < 10; i++) {
      lake.produce(topics.raw(), 2, raw("r" + i));
      lake.produce(topics.events(), 0, bytes(event("r" + i, accepted(2, i))));
      if (i == 4) {
        take(lake, factory, factory.feeds().raw(), 5);
      }
    }
    take(lake, factory, factory.feeds().raw(), 10);
    take(lake, factory, factory.feeds().events(), 10);
    assertThat(run(lake, 0, "audit")).contains("2  0 to 9  10 = 10 + 0 + 0 + 0  0\n");
    Table table = lake.table(LakeTables.RAW_EVENTS);
    List<DataFile> files = files(table);

    table.newAppend().appendFile(files.getFirst()).commit();
    String twice = run(lake, 1, "audit");
    table.newDelete().deleteFile(files.getFirst().location()).commit();
    String lost = run(lake, 1, "audit");

    long rows = files.getFirst().recordCount();
    String range = rows == 1 ? "0" : "0 to " + (rows - 1);
    assertThat(twice).contains("partition 2: offsets " + range + " are in bronze twice\n");
    assertThat(lost)
        .contains("partition 2: offsets " + range + " are missing\nnot balanced: 1 problems\n");
  }

  @Test
  void rowsThatRetentionRemoved_areNoProblem(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topics topics = lake.topics();
    Table table = lake.table(LakeTables.RAW_EVENTS);
    lake.produce(topics.raw(), 2, raw("r0"), raw("r1"), raw("r2"));
    take(lake, factory, factory.feeds().raw(), 3);
    lake.produce(topics.raw(), 2, raw("r3"), raw("r4"));
    take(lake, factory, factory.feeds().raw(), 5);
    lake.produce(topics.raw(), 2, raw("r5"), raw("r6"), raw("r7"), raw("r1"));
    take(lake, factory, factory.feeds().raw(), 9);
    Instant counted = appended(lake, 5);
    assertThat(counted).isAfter(appended(lake, 4));
    for (int i = 0; i < 8; i++) {
      lake.produce(topics.events(), 0, bytes(event("r" + i, accepted(2, i))));
    }
    take(lake, factory, factory.feeds().events(), 8);
    assertThat(run(lake, 0, "audit")).contains("2  0 to 8  9 = 8 + 1 + 0 + 0  0\n");

    // What is appended within a day after the time that is kept is not counted.
    KeptFrom.raise(table, counted.minus(1, ChronoUnit.DAYS));
    table.newDelete().deleteFile(files(table).getFirst().location()).commit();
    assertThat(run(lake, 0, "audit")).contains("2  5 to 8  4 = 3 + 1 + 0 + 0  0\n");

    table.newDelete().deleteFile(files(table).getFirst().location()).commit();
    assertThat(run(lake, 0, "audit")).contains("2  5 to 8  4 = 3 + 1 + 0 + 0  0\n");

    lake.produce(topics.raw(), 2, raw("lost"), raw("last"));
    lake.produce(topics.events(), 0, bytes(event("last", accepted(2, 10))));
    take(lake, factory, factory.feeds().raw(), 11);
    take(lake, factory, factory.feeds().events(), 9);
    assertThat(run(lake, 1, "audit", "--settle", "0"))
        .contains("partition 2: offsets 9 were received and never accepted");
  }

  private static Instant appended(Lake lake, long offset) {
    return lake.rows(LakeTables.RAW_EVENTS).stream()
        .filter(row -> row.getField("offset").equals(offset))
        .map(row -> ((OffsetDateTime) row.getField("append_time")).toInstant())
        .findAny()
        .orElseThrow();
  }

  @Test
  void productsThatAreMissingOrTwice_nameTheOffsets(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topics topics = lake.topics();
    lake.produce(topics.raw(), 2, raw("a"), raw("b"), raw("c"), raw("d"));
    for (int i = 0; i < 4; i++) {
      lake.produce(topics.events(), 0, bytes(event("r" + i, i == 1 ? accepted(2, i) : bought(i))));
      take(lake, factory, factory.feeds().eventProducts(), i + 1);
    }
    take(lake, factory, factory.feeds().raw(), 4);
    take(lake, factory, factory.feeds().events(), 4);
    assertThat(run(lake, 0, "audit")).endsWith("balanced\n");
    Table table = lake.table(LakeTables.EVENT_PRODUCTS);
    List<DataFile> files = files(table);

    table.newAppend().appendFile(files.getLast()).commit();
    table.newDelete().deleteFile(files.get(1).location()).commit();

    assertThat(run(lake, 1, "audit"))
        .contains(
            "partition 2: offsets 2 have no products in silver.event_products\n",
            "partition 2: offsets 3 have their products twice\n",
            "not balanced: 2 problems\n");
    lake.produce(topics.events(), 0, bytes(event("r9", bought(9))));
    take(lake, factory, factory.feeds().events(), 5);
    assertThat(run(lake, 1, "audit")).doesNotContain("have no products");
    take(lake, factory, factory.feeds().eventProducts(), 5);
    assertThat(run(lake, 1, "audit")).contains("offsets 2 have no products");
    KeptFrom.raise(table, Instant.ofEpochMilli(NOON).plusSeconds(1));
    assertThat(run(lake, 1, "audit")).doesNotContain("have no products");
  }

  @Test
  void changesThatAreMissingOrTwice_areNamed(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topics topics = lake.topics();
    lake.produce(topics.sessions(), 0, bytes(session("old", 4, _ -> {})));
    SinkLoop sessions =
        new SinkLoop(
            factory.parts(factory.feeds().sessions(), lake.catalog()),
            factory.consumer("sessions"));
    sessions.start();
    for (int i = 0; i < 3; i++) {
      lake.produce(topics.sessions(), 0, bytes(session("s", i, _ -> {})));
      take(lake, factory, factory.feeds().sessionChanges(), i + 2);
    }
    Until.holds(() -> lake.rows(LakeTables.SESSIONS).size() == 2, sessions);
    assertThat(run(lake, 0, "audit")).endsWith("balanced\n");
    Table table = lake.table(LakeTables.SESSION_CHANGES);
    List<DataFile> files = files(table);
    assertThat(files).hasSize(3);

    table.newAppend().appendFile(files.get(1)).commit();
    table.newDelete().deleteFile(files.getLast().location()).commit();
    lake.produce(topics.sessions(), 0, bytes(session("other", 0, _ -> {})));
    Until.holds(() -> lake.rows(LakeTables.SESSIONS).size() == 3, sessions);
    sessions.close();

    String twice = "silver.session_changes: offsets 2 of partition 0 are there twice\n";
    assertThat(run(lake, 1, "audit")).contains(twice).doesNotContain("in no change");
    take(lake, factory, factory.feeds().sessionChanges(), 5);
    assertThat(run(lake, 1, "audit"))
        .contains(
            twice + "silver.session_changes: session s: revision 2 is in no change\n",
            "not balanced: 2 problems\n");
  }

  private static Consumer<EnrichedEvent.Builder> bought(long offset) {
    return accepted(2, offset)
        .andThen(builder ->
            builder.setProducts(
                List.of(
                    Product.newBuilder().setProductId("p").build(),
                    Product.newBuilder().setProductId("q").build())));
  }

  private static byte[] raw(String id) {
    return ("{\"event_type\":\"page_view\",\"event_id\":\"" + id + "\"}").getBytes(UTF_8);
  }

  private static EnrichedEvent accepted(String id, long offset) {
    return event(id, accepted(0, offset));
  }

  private static Consumer<EnrichedEvent.Builder> accepted(int partition, long offset) {
    return builder -> builder.setRawPartition(partition).setRawOffset(offset);
  }

  private static void take(Lake lake, TestSink factory, TableFeed feed, long offset) {
    var loop =
        new SinkLoop(factory.parts(feed, lake.catalog()), factory.consumer(feed.spec().name()));
    loop.start();
    Table table = lake.table(feed.spec());
    Until.holds(
        () -> {
          table.refresh();
          return CommittedOffsets.newest(table).offsets().next().values().stream()
                  .mapToLong(Long::longValue)
                  .sum()
              == offset;
        },
        loop);
    loop.close();
  }

  /** The data files of a table in the order of their snapshots. */
  private static List<DataFile> files(Table table) {
    table.refresh();
    var files = new ArrayList<DataFile>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      tasks.forEach(task -> files.add(task.file().copy()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.sort(Comparator.comparing(DataFile::fileSequenceNumber));
    return files;
  }
}
