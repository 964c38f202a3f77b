package io.weir.sink.write;

import static org.apache.iceberg.TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Session;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableProvisioner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures the search for some sessions of a day that has many. */
@Tag("alone")
class LargeDayIT {
  private static final AvroSerde<Session> SERDE = AvroSerde.session();
  private static final int ROWS = Integer.getInteger("weir.ranks.rows", 400_000);
  private static final int FILES = 8;
  private static final int BATCH = 2_000;
  private static final int ROW_GROUP = 2 << 20;
  private static final int NANOS = 1_000_000;
  private static final int DAY = 20_513;
  private static final long MIDNIGHT = DAY * 86_400_000L;

  @TempDir private Path folder;

  /** Searches for the sessions of one hour among those of the whole day. */
  @Test
  void someKeysOfALargeDay_areFoundWithoutReadingTheDay() throws IOException {
    try (var catalog = new HadoopCatalog(new Configuration(), folder.toString())) {
      Table table = new TableProvisioner(catalog).ensure(LakeTables.SESSIONS);
      table.updateProperties().set(PARQUET_ROW_GROUP_SIZE_BYTES, "" + ROW_GROUP).commit();
      fill(table);
      var ranks = new TableRanks(table, "session_key", "revision");
      List<KeyedRow> asked = closedInTheHour(table, 20);
      assertThat(ranks.all(DAY)).hasSize(ROWS);

      long all = fastest(() -> ranks.all(DAY));
      long some = fastest(() -> assertThat(ranks.of(DAY, asked)).hasSize(BATCH / 2));

      System.out.printf(
          "%,d rows of a day: all %,d ms, %,d of one hour %,d ms%n",
          ROWS, all / NANOS, asked.size(), some / NANOS);
      assertThat(some).isLessThan(all / 4);
    }
  }

  private static long fastest(Runnable look) {
    return LongStream.range(0, 5)
        .map(_ -> {
          long start = System.nanoTime();
          look.run();
          return System.nanoTime() - start;
        })
        .min()
        .orElseThrow();
  }

  /** The rows of sessions of one hour; every second one is in the table. */
  private static List<KeyedRow> closedInTheHour(Table table, int hour) {
    AvroRows<Session> rows = rows(table);
    var asked = new ArrayList<KeyedRow>();
    for (int i = 0; i < BATCH / 2; i++) {
      int number = ROWS / 24 * hour + i * (ROWS / 24) / (BATCH / 2);
      TableRow row = row(rows, session(key(number), number));
      asked.add(new KeyedRow(key(number), 2, DAY, row));
      asked.add(new KeyedRow("unknown-" + number, 0, DAY, row));
    }
    return asked;
  }

  private static void fill(Table table) {
    AvroRows<Session> rows = rows(table);
    AppendFiles append = table.newAppend();
    for (int file = 0; file < FILES; file++) {
      var files =
          new DayFiles(
              table, table.schema(), UUID::randomUUID, new WriteBudget(256L << 20).share());
      for (int i = ROWS / FILES * file; i < ROWS / FILES * (file + 1); i++) {
        files.write(DAY, row(rows, session(key(i), i)));
      }
      files.close();
      files.rows().forEach(append::appendFile);
    }
    append.commit();
  }

  private static AvroRows<Session> rows(Table table) {
    return new AvroRows<>(SERDE, Session.getClassSchema(), table, LakeTables.SESSIONS.times());
  }

  private static TableRow row(AvroRows<Session> rows, Session session) {
    byte[] value = SERDE.serialize("sessions", session);
    return rows.map(new ConsumerRecord<>("sessions", 0, 0, new byte[0], value));
  }

  /** A session key in stream-app's form: a hash, then the start. */
  private static String key(int number) {
    var random = new Random(number);
    return HexFormat.of().toHexDigits(random.nextLong())
        + HexFormat.of().toHexDigits(random.nextInt())
        + "-"
        + Long.toHexString(start(number));
  }

  private static long start(int number) {
    return MIDNIGHT + number * (86_400_000L / ROWS);
  }

  private static Session session(String key, int number) {
    return Session.newBuilder()
        .setSessionKey(key)
        .setRevision(0)
        .setVisitorId("v-" + key)
        .setStartTime(start(number))
        .setEndTime(start(number) + 60_000)
        .setDurationMs(60_000)
        .setEvents(number % 50)
        .setFeatures(FeatureInputs.newBuilder().build())
        .build();
  }
}
