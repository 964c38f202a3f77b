package io.weir.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableProvisioner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class AppendWriterTest {
  private static final long BUDGET = 12L << 20;
  private static final int TABLES = 3;
  private static final int DAYS = 5;
  private static final int ROWS = 12_000;

  private final Clock clock = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
  private final Random random = new Random(42);

  @Test
  void tablesTogether_holdNoMoreThanTheBudget() {
    var budget = new WriteBudget(BUDGET);
    var writers = new AppendWriter[TABLES];
    for (int i = 0; i < TABLES; i++) {
      Table table = table();
      writers[i] = new AppendWriter(table, new RawRows(table, clock), UUID::randomUUID, budget);
    }

    long most = 0;
    for (int i = 0; i < ROWS; i++) {
      writers[i % TABLES].write(record(i));
      most = Math.max(most, budget.held());
    }

    assertThat(most).isBetween(BUDGET, BUDGET + TABLES * WriteBudget.LITTLE + (1L << 20));
    long rows = 0;
    for (AppendWriter writer : writers) {
      rows += writer.close().rows().stream().mapToLong(DataFile::recordCount).sum();
    }
    assertThat(rows).isEqualTo(ROWS);
    assertThat(budget.held()).isZero();
  }

  private static Table table() {
    var catalog = new InMemoryCatalog();
    catalog.initialize("test", Map.of());
    return new TableProvisioner(catalog).ensure(LakeTables.RAW_EVENTS);
  }

  /** A record that no codec can compress. */
  private ConsumerRecord<byte[], byte[]> record(int number) {
    byte[] value = new byte[4_000];
    random.nextBytes(value);
    long time = clock.millis() - Duration.ofDays(number % DAYS).toMillis();
    return new ConsumerRecord<>(
        "raw",
        0,
        number,
        time,
        TimestampType.LOG_APPEND_TIME,
        0,
        value.length,
        null,
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
