package io.weir.sink.write;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableProvisioner;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
    ConsumerRecord<byte[], byte[]> record = record(bytes());

    assertThat(rows.map(record)).hasToString(rows.row(rows.decode(record)).toString());
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

  private static Table table() {
    var catalog = new InMemoryCatalog();
    catalog.initialize("test", Map.of());
    return new TableProvisioner(catalog).ensure(LakeTables.EVENTS);
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
