package io.weir.sink.write;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableProvisioner;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ProductRowsTest {
  private static final Product FULL =
      Product.newBuilder()
          .setProductId("p")
          .setName("Tea")
          .setCategory("drinks")
          .setBrand("Leaf")
          .setPriceE4(-12_345L)
          .setQuantity(Integer.MAX_VALUE)
          .setPosition(7)
          .setLineRevenueE4(Long.MAX_VALUE)
          .build();
  private static final Product PLAIN = Product.newBuilder().setProductId("p").build();

  private final Table table = table();
  private final ProductRows rows = new ProductRows(table);

  @Test
  void eachProduct_isARowWithItsEvent() {
    List<TableRow> found = rows.rows(record(change -> change.setProducts(List.of(FULL, PLAIN))));

    Map<String, String> ofEvent =
        Map.ofEntries(
            Map.entry("event_id", "e"),
            Map.entry("event_time", "1772366400000000"),
            Map.entry("event_type", "purchase"),
            Map.entry("visitor_id", "vü"),
            Map.entry("user_id", "u"),
            Map.entry("client_session_id", "s"),
            Map.entry("app_id", "shop"),
            Map.entry("is_bot", "true"),
            Map.entry("order_id", "o"),
            Map.entry("currency", "EUR"),
            Map.entry("raw_partition", "1"),
            Map.entry("raw_offset", "2"));
    var full = new TreeMap<>(ofEvent);
    full.putAll(
        Map.of(
            "line_number", "1",
            "product_id", "p",
            "product_name", "Tea",
            "category", "drinks",
            "brand", "Leaf",
            "price", "-1.2345",
            "quantity", "2147483647",
            "list_position", "7",
            "line_value", "922337203685477.5807"));
    var plain = new TreeMap<>(ofEvent);
    plain.putAll(Map.of("line_number", "2", "product_id", "p", "quantity", "1"));
    assertThat(found).map(ProductRowsTest::present).containsExactly(full, plain);
  }

  @Test
  void eventWithoutProducts_hasNoRow() {
    assertThat(rows.rows(record(_ -> {}))).isEmpty();
  }

  @Test
  void columnsOfALaterVersion_areNull() {
    table.updateSchema().addColumn("colour", Types.StringType.get()).commit();

    List<TableRow> found =
        new ProductRows(table).rows(record(change -> change.setProducts(List.of(PLAIN))));

    assertThat(found)
        .singleElement()
        .satisfies(row -> {
          assertThat(row.getSchema().getField("colour")).isNotNull();
          assertThat(present(row)).doesNotContainKey("colour").containsEntry("product_id", "p");
        });
  }

  @Test
  void bytesCutShort_areUnreadable() {
    byte[] whole = value(change -> change.setProducts(List.of(FULL)));

    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> rows.rows(new ConsumerRecord<>("t", 3, 42, new byte[0], cut)))
          .isInstanceOf(UnreadableRecordException.class)
          .hasMessageContaining("topic t partition 3 offset 42");
    }
  }

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

  private static ConsumerRecord<byte[], byte[]> record(Consumer<EnrichedEvent.Builder> change) {
    return new ConsumerRecord<>("t", 3, 42, new byte[0], value(change));
  }

  private static byte[] value(Consumer<EnrichedEvent.Builder> change) {
    return bytes(
        event(
            "e",
            builder -> {
              builder
                  .setEventType("purchase")
                  .setEventTime(1_772_366_400_000L)
                  .setVisitorId("vü")
                  .setUserId("u")
                  .setClientSessionId("s")
                  .setAppId("shop")
                  .setIsBot(true)
                  .setOrderId("o")
                  .setCurrency("EUR")
                  .setRawPartition(1)
                  .setRawOffset(2);
              change.accept(builder);
            }));
  }

  private static Table table() {
    var catalog = new InMemoryCatalog();
    catalog.initialize("test", Map.of());
    return new TableProvisioner(catalog).ensure(LakeTables.EVENT_PRODUCTS);
  }
}
