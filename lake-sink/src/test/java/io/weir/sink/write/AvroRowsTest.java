package io.weir.sink.write;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;
import io.weir.contract.avro.RejectedRecord;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableProvisioner;
import io.weir.lake.table.TableSpec;
import io.weir.testkit.TestRecords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.iceberg.Table;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AvroRowsTest {
  private final AvroSerde<EnrichedEvent> serde = AvroSerde.enrichedEvent();
  private final AvroRows<EnrichedEvent> rows =
      new AvroRows<>(
          serde,
          EnrichedEvent.getClassSchema(),
          table(LakeTables.EVENTS),
          LakeTables.EVENTS.times());

  @Test
  void bytesOfToday_becomeTheRowOfTheirEvent() {
    TableRow row = rows.map(record(bytes()));

    assertThat(present(row))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("event_id", "e"),
                Map.entry("event_type", "purchase"),
                Map.entry("event_time", "1772366400000000"),
                Map.entry("device_time", "-1000"),
                Map.entry("sent_at", "5000"),
                Map.entry("append_time", "6000"),
                Map.entry("raw_partition", "1"),
                Map.entry("raw_offset", "2"),
                Map.entry("is_late", "false"),
                Map.entry("visitor_id", "vü"),
                Map.entry("url", "https://example.org/"),
                Map.entry("is_bot", "false"),
                Map.entry(
                    "products",
                    "[[p, null, null, null, 19.9900, 1, null, null],"
                        + " [q, null, null, null, null, 3, null, null]]"),
                Map.entry("value", "-922337203685477.5808"),
                Map.entry("consent_marketing", "false"),
                Map.entry("properties", "{k=v}"),
                Map.entry("extras", "{}")));
  }

  @Test
  void bytesOfAnOlderSchema_becomeTheSameRow() throws IOException {
    AvroSerde<RejectedRecord> rejected = AvroSerde.rejected();
    Schema now = RejectedRecord.getClassSchema();
    Schema before = stored("rejected/1");
    var refusals = new AvroRows<>(rejected, now, table(LakeTables.REJECTED), Set.of("append_time"));
    byte[] bytes =
        requireNonNull(rejected.serialize("t", TestRecords.rejected(new byte[] {1, -1})));
    var older = new BinaryMessageEncoder<GenericRecord>(new GenericData(), before);
    var reader = new BinaryMessageDecoder<GenericRecord>(new GenericData(), before);
    reader.addSchema(now);

    ByteBuffer old = older.encode(reader.decode(bytes));

    byte[] value = new byte[old.remaining()];
    old.get(value);
    assertThat(value).isNotEqualTo(bytes);
    assertThat(present(refusals.map(record(value))))
        .containsEntry("reason", "not_json")
        .isEqualTo(present(refusals.map(record(bytes))));
  }

  private static Schema stored(String name) throws IOException {
    try (InputStream schema =
        requireNonNull(AvroSerde.class.getResourceAsStream("/schemas/" + name + ".avsc"))) {
      return new Schema.Parser().parse(schema);
    }
  }

  /** The columns that are not null, as text. */
  private static Map<String, String> present(TableRow row) {
    var present = new TreeMap<String, String>();
    for (Schema.Field column : row.getSchema().getFields()) {
      Object value = row.get(column.pos());
      if (value != null) {
        present.put(column.name(), value.toString());
      }
    }
    return present;
  }

  @Test
  void bytesCutShort_areUnreadable() {
    byte[] bytes = bytes();

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> rows.map(record(cut)))
          .isInstanceOf(UnreadableRecordException.class)
          .hasMessageContaining("topic t partition 3 offset 42 cannot be read");
    }
  }

  @Test
  void bytesOfAnotherSchema_areLeftToTheSerde() {
    byte[] bytes = bytes();
    bytes[2] ^= 1;

    assertThatThrownBy(() -> rows.map(record(bytes)))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageContaining("fingerprint");
  }

  @Test
  void recordWithoutValue_isUnreadable() {
    assertThatThrownBy(() -> rows.map(record(null)))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageContaining("it has no value");
  }

  private static Table table(TableSpec spec) {
    var catalog = new InMemoryCatalog();
    catalog.initialize("test", Map.of());
    return new TableProvisioner(catalog).ensure(spec);
  }

  private byte[] bytes() {
    EnrichedEvent event =
        EnrichedEvent.newBuilder()
            .setEventId("e")
            .setEventType("purchase")
            .setEventTime(1_772_366_400_000L)
            .setDeviceTime(-1)
            .setSentAt(5L)
            .setAppendTime(6)
            .setRawPartition(1)
            .setRawOffset(2)
            .setVisitorId("vü")
            .setUrl("https://example.org/")
            .setValueE4(Long.MIN_VALUE)
            .setConsentMarketing(false)
            .setProducts(
                List.of(
                    Product.newBuilder().setProductId("p").setPriceE4(19_9900L).build(),
                    Product.newBuilder().setProductId("q").setQuantity(3).build()))
            .setProperties(Map.of("k", "v"))
            .build();
    return requireNonNull(serde.serialize("t", event));
  }

  private static ConsumerRecord<byte[], byte[]> record(byte @Nullable [] value) {
    return new ConsumerRecord<>("t", 3, 42, new byte[0], value);
  }
}
