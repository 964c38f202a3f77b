package io.weir.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class RowReaderTest {
  private static final Schema RECORD =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "R", "fields": [
                {"name": "gone", "type": "string"},
                {"name": "text", "type": "string"},
                {"name": "at", "type": "long"},
                {"name": "seen_at", "type": ["null", "long"], "default": null},
                {"name": "price_e4", "type": ["null", "long"], "default": null},
                {"name": "count", "type": "int"},
                {"name": "share", "type": "float"},
                {"name": "score", "type": "double"},
                {"name": "flag", "type": "boolean"},
                {"name": "kind", "type": {"type": "enum", "name": "K", "symbols": ["A", "B"]}},
                {"name": "bytes", "type": ["null", "bytes"], "default": null},
                {"name": "sums_e4", "type": {"type": "map", "values": "long"}},
                {"name": "things", "type": {"type": "array", "items": {
                  "type": "record", "name": "Thing", "fields": [
                    {"name": "name", "type": "string"},
                    {"name": "price_e4", "type": ["null", "long"], "default": null}]}}}]}
              """);

  private static final Schema ROW =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "T", "fields": [
                {"name": "new_here", "type": ["null", "string"], "default": null},
                {"name": "things", "type": {"type": "array", "items": {
                  "type": "record", "name": "TThing", "fields": [
                    {"name": "price", "type": ["null", "bytes"], "default": null},
                    {"name": "name", "type": "string"}]}}},
                {"name": "text", "type": "string"},
                {"name": "at", "type": "long"},
                {"name": "seen_at", "type": ["null", "long"], "default": null},
                {"name": "price", "type": ["null", "bytes"], "default": null},
                {"name": "count", "type": "long"},
                {"name": "share", "type": "double"},
                {"name": "score", "type": "double"},
                {"name": "flag", "type": "boolean"},
                {"name": "kind", "type": "string"},
                {"name": "bytes", "type": ["null", "bytes"], "default": null},
                {"name": "sums", "type": {"type": "map", "values": "bytes"}}]}
              """);

  private final Set<String> times = Set.of("at", "seen_at");

  @Test
  void everyKindOfValue_isReadIntoItsColumn() throws IOException {
    GenericRecord thing =
        new GenericData.Record(RECORD.getField("things").schema().getElementType());
    thing.put("name", "ä");
    thing.put("price_e4", 15_000L);
    GenericRecord record = record();
    record.put("seen_at", 2L);
    record.put("price_e4", -1L);
    record.put("bytes", ByteBuffer.wrap(new byte[] {1, 2}));
    record.put("sums_e4", Map.of("EUR", 10_000L));
    record.put("things", List.of(thing));

    TableRow row = read(record);

    assertThat(row)
        .hasToString(
            "[null, [[1.5000, ä]], text, 1000, 2000, -0.0001, 7, 0.5, 0.25, true, B, "
                + "java.nio.HeapByteBuffer[pos=0 lim=2 cap=2], {EUR=1.0000}]");
    assertThat(row.get(6)).isEqualTo(7L);
    assertThat(row.get(7)).isEqualTo(0.5);
  }

  @Test
  void whatIsAbsent_isNullOrEmpty() throws IOException {
    assertThat(read(record()))
        .hasToString("[null, [], text, 1000, null, null, 7, 0.5, 0.25, true, B, null, {}]");
  }

  @Test
  void largestAmountUnderAnEmptyKey_isKept() throws IOException {
    GenericRecord record = record();
    record.put("sums_e4", Map.of("", Long.MAX_VALUE));

    assertThat(read(record))
        .hasToString(
            "[null, [], text, 1000, null, null, 7, 0.5, 0.25, true, B, null, "
                + "{=922337203685477.5807}]");
  }

  private static GenericRecord record() {
    GenericRecord record = new GenericData.Record(RECORD);
    record.put("gone", "x");
    record.put("text", "text");
    record.put("at", 1L);
    record.put("count", 7);
    record.put("share", 0.5f);
    record.put("score", 0.25);
    record.put("flag", true);
    record.put("kind", new GenericData.EnumSymbol(RECORD.getField("kind").schema(), "B"));
    record.put("sums_e4", Map.of());
    record.put("things", List.of());
    return record;
  }

  private TableRow read(GenericRecord record) throws IOException {
    var bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(RECORD).write(record, encoder);
    encoder.flush();
    return new RowReader(RECORD, ROW, times)
        .read(DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
  }
}
