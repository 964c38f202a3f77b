package io.weir.training.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Session;
import io.weir.lake.table.LakeTables;
import io.weir.model.feature.SessionFeatures;
import io.weir.process.StartupException;
import io.weir.testkit.TestSessions;
import io.weir.training.session.LakeSessions.Range;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LakeSessionsTest {
  private static final Range ALL = new Range(Optional.empty(), Optional.empty(), Optional.empty());
  private static final long MINUTE = 60_000;

  private final InMemoryCatalog catalog = new InMemoryCatalog();

  @BeforeEach
  void open() {
    catalog.initialize("test", Map.of());
    catalog.createNamespace(Namespace.of("silver"));
    catalog.createTable(
        LakeTables.SESSIONS.identifier(),
        LakeTables.SESSIONS.schema(),
        LakeTables.SESSIONS.partitioning());
  }

  @AfterEach
  void close() throws IOException {
    catalog.close();
  }

  @Test
  void rows_giveTheVectorsOfTheSessions() {
    List<Session> sessions = PlantedSessions.planted(300, new Random(1));
    append(sessions);

    SessionSet read = LakeSessions.read(table(), ALL);

    assertThat(read.snapshot()).isEqualTo(table().currentSnapshot().snapshotId());
    List<LabelledSession> labelled = read.usable();
    assertThat(labelled).hasSize(300);
    for (int at = 0; at < 300; at++) {
      assertThat(labelled.get(at).vector())
          .containsExactly(SessionFeatures.of(sessions.get(at)).values());
      assertThat(labelled.get(at).isConverted()).isEqualTo(sessions.get(at).getIsConverted());
    }
  }

  @Test
  void range_isFromInclusiveToExclusive() {
    append(PlantedSessions.planted(300, new Random(1)));
    Instant from = Instant.ofEpochMilli(TestSessions.START + 10 * MINUTE);
    Instant to = Instant.ofEpochMilli(TestSessions.START + 20 * MINUTE);

    SessionSet read =
        LakeSessions.read(table(), new Range(Optional.of(from), Optional.of(to), Optional.empty()));

    assertThat(read.usable()).hasSize(10);
    assertThat(read.usable().getFirst().start()).isEqualTo(from.toEpochMilli());
  }

  @Test
  void snapshot_isReadAgainAfterLaterCommits() {
    append(PlantedSessions.planted(300, new Random(1)));
    long first = table().currentSnapshot().snapshotId();
    append(List.of(TestSessions.session("late", 1).build()));

    assertThat(LakeSessions.read(table(), at(first)).usable()).hasSize(300);
    assertThat(LakeSessions.read(table(), ALL).usable()).hasSize(301);
    assertThatThrownBy(() -> LakeSessions.read(table(), at(1)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("silver.sessions has no snapshot 1");
  }

  @Test
  void emptyTable_isOneLine() {
    assertThatThrownBy(() -> LakeSessions.read(table(), ALL))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("silver.sessions is empty");
  }

  private static Range at(long snapshot) {
    return new Range(Optional.empty(), Optional.empty(), Optional.of(snapshot));
  }

  private Table table() {
    return catalog.loadTable(LakeTables.SESSIONS.identifier());
  }

  /** Appends one file per day. */
  private void append(List<Session> sessions) {
    var byDay = new LinkedHashMap<PartitionKey, ArrayList<Record>>();
    for (Session session : sessions) {
      Record row = row(session);
      var key = new PartitionKey(table().spec(), table().schema());
      key.partition(new InternalRecordWrapper(table().schema().asStruct()).wrap(row));
      byDay.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
    }
    var append = table().newAppend();
    byDay.forEach((key, rows) -> append.appendFile(file(key, rows)));
    append.commit();
  }

  private DataFile file(PartitionKey key, List<Record> rows) {
    Table table = table();
    try {
      DataWriter<Record> writer =
          Parquet.writeData(
                  table.io().newOutputFile(table.location() + "/" + UUID.randomUUID() + ".parquet"))
              .forTable(table)
              .withPartition(key)
              .createWriterFunc(GenericParquetWriter::create)
              .build();
      try (writer) {
        writer.write(rows);
      }
      return writer.toDataFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The columns that the reader wants; the others are empty, as required ones of old rows are. */
  private Record row(Session session) {
    Record row = GenericRecord.create(table().schema());
    for (String name : LakeSessionRow.COLUMNS) {
      Object value = session.get(Session.getClassSchema().getField(name).pos());
      boolean isNested = name.equals("features");
      row.setField(name, isNested ? features((FeatureInputs) value) : plain(name, value));
    }
    row.setField("end_time", row.getField("start_time"));
    for (var column : table().schema().columns()) {
      if (column.isRequired() && row.getField(column.name()) == null) {
        row.setField(column.name(), filler(column.type().typeId()));
      }
    }
    return row;
  }

  private static Object filler(org.apache.iceberg.types.Type.TypeID type) {
    return switch (type) {
      case LONG -> 0L;
      case INTEGER -> 0;
      case BOOLEAN -> false;
      case MAP -> Map.of();
      case LIST -> List.of();
      default -> throw new AssertionError(type);
    };
  }

  private static @Nullable Object plain(String name, @Nullable Object value) {
    return name.endsWith("_time") && value != null
        ? Instant.ofEpochMilli((Long) value).atOffset(ZoneOffset.UTC)
        : value;
  }

  private Record features(FeatureInputs inputs) {
    Record row = GenericRecord.create(table().schema().findType("features").asStructType());
    for (Schema.Field field : FeatureInputs.getClassSchema().getFields()) {
      row.setField(field.name(), inputs.get(field.pos()));
    }
    return row;
  }
}
