package io.weir.lake.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.junit.jupiter.api.Test;

class SchemaEvolutionTest {
  private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-03-01T12:00:00Z");

  private static final String OLD =
      """
      {"type": "record", "name": "R", "fields": [
        {"name": "at", "type": "long"},
        {"name": "count", "type": "int"},
        {"name": "ratio", "type": "float"},
        {"name": "old_name", "type": ["null", "string"]},
        {"name": "gone", "type": "string"},
        {"name": "things", "type": {"type": "array", "items":
          {"type": "record", "name": "Thing", "fields": [
            {"name": "id", "type": "string"},
            {"name": "size", "type": "int"}]}}},
        {"name": "inner", "type": {"type": "record", "name": "Inner", "fields": [
          {"name": "a", "type": "int"}]}}]}
      """;

  private static final String NEW =
      """
      {"type": "record", "name": "R", "fields": [
        {"name": "at", "type": "long"},
        {"name": "count", "type": "long"},
        {"name": "ratio", "type": "double"},
        {"name": "new_name", "type": ["null", "string"], "aliases": ["old_name"]},
        {"name": "added", "type": "string", "default": ""},
        {"name": "things", "type": {"type": "array", "items":
          {"type": "record", "name": "Thing", "fields": [
            {"name": "key", "type": "string", "aliases": ["id"]},
            {"name": "size", "type": "long"},
            {"name": "colour", "type": ["null", "string"]}]}}},
        {"name": "inner", "type": {"type": "record", "name": "Inner", "fields": [
          {"name": "a", "type": "int"},
          {"name": "b", "type": "int", "default": 0}]}}]}
      """;

  private final InMemoryCatalog catalog = new InMemoryCatalog();

  SchemaEvolutionTest() {
    catalog.initialize("test", Map.of());
  }

  @Test
  void oldTable_takesTodaysColumnsAndReadsOldFiles() {
    Table table = new TableProvisioner(catalog).ensure(spec(OLD));
    append(table, oldRow(table));
    var idsBefore = table.schema().asStruct().fields().stream().map(f -> f.fieldId()).toList();

    new TableProvisioner(catalog).ensure(spec(NEW));
    table.refresh();

    assertThat(table.schema().findType("count")).hasToString("long");
    assertThat(table.schema().findType("ratio")).hasToString("double");
    assertThat(table.schema().findType("things.element.size")).hasToString("long");
    assertThat(table.schema().findField("new_name").fieldId()).isEqualTo(idsBefore.get(3));
    assertThat(table.schema().findField("old_name")).isNull();
    assertThat(table.schema().findField("gone").isOptional()).isTrue();
    Record row = rows(table).getFirst();
    assertThat(row.getField("count")).isEqualTo(7L);
    assertThat(row.getField("ratio")).isEqualTo(0.5);
    assertThat(row.getField("new_name")).isEqualTo("n");
    assertThat(row.getField("added")).isNull();
    assertThat(((Record) row.getField("inner")).getField("b")).isNull();
    Record thing = (Record) ((List<?>) row.getField("things")).getFirst();
    assertThat(thing.getField("key")).isEqualTo("t");
    assertThat(thing.getField("size")).isEqualTo(3L);
    assertThat(thing.getField("colour")).isNull();
  }

  @Test
  void tableOfToday_isLeftAlone() {
    Table table = new TableProvisioner(catalog).ensure(spec(NEW));

    List<String> changes = SchemaEvolution.apply(table, spec(NEW));

    assertThat(changes).isEmpty();
  }

  @Test
  void tableThatIsAhead_isNotNarrowed() {
    new TableProvisioner(catalog)
        .ensure(spec(NEW.replace("\"aliases\": [\"old_name\"]", "\"x\": 1")));

    Table table =
        new TableProvisioner(catalog)
            .ensure(
                spec(NEW.replace("\"count\", \"type\": \"long\"", "\"count\", \"type\": \"int\"")));

    assertThat(table.schema().findType("count")).hasToString("long");
  }

  @Test
  void textThatBecomesANumber_isRefusedByName() {
    new TableProvisioner(catalog).ensure(spec(NEW));
    TableSpec other =
        spec(
            NEW.replace(
                "\"added\", \"type\": \"string\", \"default\": \"\"",
                "\"added\", \"type\": \"long\""));

    assertThatThrownBy(() -> new TableProvisioner(catalog).ensure(other))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("column added of test.silver.r is string and cannot become long");
  }

  private static TableSpec spec(String avro) {
    Schema record = new Schema.Parser().parse(avro);
    Set<String> times = Set.of("at");
    return new TableSpec(
        "silver",
        "r",
        AvroTypes.columns(record, times, Set.of()),
        "at",
        times,
        AvroTypes.formerNames(record, times, Set.of()),
        FileLayout.PLAIN);
  }

  private static Record oldRow(Table table) {
    var schema = table.schema();
    Record thing =
        GenericRecord.create(schema.findType("things").asListType().elementType().asStructType());
    thing.setField("id", "t");
    thing.setField("size", 3);
    Record inner = GenericRecord.create(schema.findType("inner").asStructType());
    inner.setField("a", 1);
    Record row = GenericRecord.create(schema);
    row.setField("at", NOON);
    row.setField("count", 7);
    row.setField("ratio", 0.5f);
    row.setField("old_name", "n");
    row.setField("gone", "g");
    row.setField("things", List.of(thing));
    row.setField("inner", inner);
    return row;
  }

  private static void append(Table table, Record row) {
    var day = new PartitionData(table.spec().partitionType());
    day.set(0, (int) NOON.toLocalDate().toEpochDay());
    String path = table.location() + "/data/" + UUID.randomUUID() + ".parquet";
    try {
      DataWriter<Record> writer =
          Parquet.writeData(table.io().newOutputFile(path))
              .forTable(table)
              .withPartition(day)
              .createWriterFunc(GenericParquetWriter::create)
              .build();
      try (writer) {
        writer.write(row);
      }
      DataFile file = writer.toDataFile();
      table.newAppend().appendFile(file).commit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Record> rows(Table table) {
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
      var list = new ArrayList<Record>();
      rows.forEach(list::add);
      return list;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
