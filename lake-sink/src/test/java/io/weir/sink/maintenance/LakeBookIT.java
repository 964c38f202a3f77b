package io.weir.sink.maintenance;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.retraction;
import static io.weir.testkit.TestRecords.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.lake.table.LakeTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.TableFeed;
import io.weir.sink.loop.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What gold says about the tables of the lake. */
@ExtendWith(Servers.class)
class LakeBookIT {
  private static final String SESSIONS =
      "SELECT concat_ws(' ', files, delete_files, rows, bytes, snapshots, committed_at IS NOT NULL)"
          + " FROM gold.lake_tables WHERE table_name = 'silver.sessions'";

  private static LakeBook book(Lake lake, Duration interval) {
    return new LakeBook(lake.catalog(), lake.postgres(), interval);
  }

  private static void take(Lake lake, TestSink factory, int rows) {
    TableFeed feed = factory.feeds().sessions();
    var loop =
        new SinkLoop(factory.parts(feed, lake.catalog()), factory.consumer(feed.spec().name()));
    loop.start();
    Until.holds(() -> lake.rows(LakeTables.SESSIONS).size() == rows, loop);
    loop.close();
  }

  @Test
  void everyTable_isWrittenAsItIs_andAgainAsItBecomes(Lake lake) throws SQLException {
    TestSink factory = lake.factory(Clock.systemUTC());
    LakeBook book = book(lake, Duration.ofDays(1));

    book.write();
    String names =
        LakeTables.all().stream()
            .map(each -> each.fullName())
            .sorted()
            .collect(Collectors.joining(" "));
    assertThat(
            lake.gold(
                "SELECT string_agg(table_name, ' ' ORDER BY table_name) FROM gold.lake_tables"))
        .isEqualTo(names);
    assertThat(lake.gold(SESSIONS)).isEqualTo("0 0 0 0 0 f");

    lake.produce(
        lake.topics().sessions(),
        0,
        bytes(session("stays", 0, _ -> {})),
        bytes(session("goes", 0, _ -> {})));
    take(lake, factory, 2);
    lake.produce(lake.topics().sessions(), 0, bytes(retraction("goes", 1)));
    take(lake, factory, 1);
    book.write();

    Table table = lake.table(LakeTables.SESSIONS);
    long snapshots = StreamSupport.stream(table.snapshots().spliterator(), false).count();
    String[] told = lake.gold(SESSIONS).split(" ");
    assertThat(told).startsWith("1", "1", "2").endsWith(String.valueOf(snapshots), "t");
    assertThat(Long.parseLong(told[3])).isEqualTo(bytesOf(table));
    book.close();
  }

  private static long bytesOf(Table table) {
    try (var tasks = table.newScan().planFiles()) {
      long bytes = 0;
      for (FileScanTask task : tasks) {
        bytes += task.sizeBytes();
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void databaseThatIsAway_isWrittenLater(Lake lake) {
    lake.factory(Clock.systemUTC());
    try (LakeBook book = book(lake, Duration.ofMillis(50))) {
      lake.database().shut();
      book.start();
      lake.database().reopen();

      Until.holds(() -> !lake.gold("SELECT count(*) FROM gold.lake_tables").equals("0"));
    }
  }
}
