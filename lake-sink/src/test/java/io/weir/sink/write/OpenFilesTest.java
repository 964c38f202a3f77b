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
  private static final long BUDGET = 16L << 20;

  private final Topics topics = Topics.of("t", 1, (short) 1, Duration.ofDays(1));
  @TempDir private Path folder;

  @Test
  void openFiles_takeNoMoreHeapThanIsCounted() throws IOException {
    var budget = new WriteBudget(Long.MAX_VALUE);
    var feeds = new TableFeeds(topics, Clock.systemUTC(), budget);

    assertThat(shareOfCounted(feeds.events(), budget, events())).isLessThan(1);
    assertThat(shareOfCounted(feeds.eventProducts(), budget, events())).isLessThan(1);
    assertThat(shareOfCounted(feeds.sessionChanges(), budget, sessions())).isBetween(0.6, 1.0);
  }

  /**
   * The heap of open files as a share of what the budget counts. Columns without a value take
   * little, and events have many of them.
   */
  private double shareOfCounted(TableFeed feed, WriteBudget budget, List<byte[]> records)
      throws IOException {
    try (var catalog = new HadoopCatalog(new Configuration(), folder.toString())) {
      Table table = new TableProvisioner(catalog).ensure(feed.spec());
      RowWriter writer = feed.writer().apply(catalog, table);
      long before = used();

      writeOnePerDay(writer, records);

      double heap = used() - before;
      double share = heap / budget.held();
      writer.discard();
      return share;
    }
  }

  @Test
  void rowsOfManyDays_holdNoMoreThanTheBudget() throws IOException {
    var budget = new WriteBudget(BUDGET);
    TableFeed feed = new TableFeeds(topics, Clock.systemUTC(), budget).sessionChanges();
    try (var catalog = new HadoopCatalog(new Configuration(), folder.toString())) {
      Table table = new TableProvisioner(catalog).ensure(feed.spec());
      RowWriter writer = feed.writer().apply(catalog, table);

      long most = 0;
      for (byte[] record : sessions()) {
        writer.write(record(record));
        most = Math.max(most, budget.held());
      }

      assertThat(most).isBetween(BUDGET / 2, BUDGET);
      assertThat(writer.close().rows().stream().mapToLong(DataFile::recordCount).sum())
          .isEqualTo(DAYS);
    }
  }

  private static void writeOnePerDay(RowWriter writer, List<byte[]> records) {
    records.forEach(each -> writer.write(record(each)));
  }

  private static List<byte[]> events() {
    var product = Product.newBuilder().setProductId("p").build();
    return days(day -> bytes(event("e", each -> each.setEventTime(NOON - day * DAY).setProducts(List.of(product)))));
  }

  private static List<byte[]> sessions() {
    return days(day -> bytes(session("s", 0, each -> each.setStartTime(NOON - day * DAY))));
  }

  private static List<byte[]> days(IntFunction<byte[]> record) {
    return IntStream.range(0, DAYS).mapToObj(record).toList();
  }

  private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
    return new ConsumerRecord<>("t", 0, 0, NOON, TimestampType.CREATE_TIME, 0, value.length, null, value, new RecordHeaders(), Optional.empty());
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
