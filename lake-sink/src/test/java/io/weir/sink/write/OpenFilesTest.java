package io.weir.sink.write;

import static io.weir.testkit.TestRecords.NOON;
import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.event;
import static io.weir.testkit.TestRecords.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topics;
import io.weir.contract.avro.Product;
import io.weir.lake.table.TableProvisioner;
import io.weir.sink.loop.TableFeed;
import io.weir.sink.loop.TableFeeds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the memory that is counted for open files with the heap that they take. */
class OpenFilesTest {
  private static final long DAY = 86_400_000L;
  private static final int DAYS = 40;
  private static final long BUDGET = 4L << 20;

  private final Topics topics = Topics.of("t", 1, (short) 1, Duration.ofDays(1));
  @TempDir private Path folder;

  @Test
  void openFiles_takeNoMoreHeapThanIsCounted() throws IOException {
    var feeds = new TableFeeds(topics, Clock.systemUTC(), new WriteBudget(Long.MAX_VALUE));

    for (TableFeed feed : List.of(feeds.sessionChanges(), feeds.events(), feeds.eventProducts())) {
      boolean isOfSessions = feed.topic().equals(topics.sessions());
      assertThat(shareOfCounted(feed, isOfSessions ? sessions() : events()))
          .as(feed.spec().fullName())
          .isLessThan(1);
    }
  }

  /** The heap of open files as a share of what is counted for them. */
  private double shareOfCounted(TableFeed feed, List<byte[]> records) throws IOException {
    try (var catalog = new HadoopCatalog(new Configuration(), folder.toString())) {
      Table table = new TableProvisioner(catalog).ensure(feed.spec());
      RowWriter writer = feed.writer().apply(catalog, table);
      long before = used();

      writeOnePerDay(writer, records);

      double heap = used() - before;
      double share = heap / (OpenFile.bytes(table) * DAYS);
      writer.discard();
      return share;
    }
  }

  @Test
  void smallRowsOfManyDays_openFewFilesAtOnce() throws IOException {
    var budget = new WriteBudget(BUDGET);
    TableFeed feed = new TableFeeds(topics, Clock.systemUTC(), budget).sessionChanges();
    try (var catalog = new HadoopCatalog(new Configuration(), folder.toString())) {
      Table table = new TableProvisioner(catalog).ensure(feed.spec());
      List<byte[]> records = sessions();
      RowWriter writer = feed.writer().apply(catalog, table);

      writeOnePerDay(writer, records);

      // Nothing is held before the first look at the budget; each look closes what is too much.
      assertThat(budget.held()).isPositive().isLessThan(BUDGET + 2 * OpenFile.bytes(table));
      assertThat(writer.close().rows().stream().mapToLong(DataFile::recordCount).sum())
          .isEqualTo(DAYS);
    }
  }

  private static void writeOnePerDay(RowWriter writer, List<byte[]> records) {
    records.forEach(each -> writer.write(record(each)));
  }

  private static List<byte[]> events() {
    var product = Product.newBuilder().setProductId("p").build();
    return days(day ->
        bytes(
            event("e", each -> each.setEventTime(NOON - day * DAY).setProducts(List.of(product)))));
  }

  private static List<byte[]> sessions() {
    return days(day -> bytes(session("s", 0, each -> each.setStartTime(NOON - day * DAY))));
  }

  private static List<byte[]> days(IntFunction<byte[]> record) {
    return IntStream.range(0, DAYS).mapToObj(record).toList();
  }

  private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
    return new ConsumerRecord<>(
        "t",
        0,
        0,
        NOON,
        TimestampType.CREATE_TIME,
        0,
        value.length,
        null,
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  /** The heap after as many collections as still free something. */
  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long before;
    long now = Long.MAX_VALUE;
    do {
      before = now;
      System.gc();
      now = runtime.totalMemory() - runtime.freeMemory();
    } while (now < before - (1L << 20));
    return now;
  }
}
