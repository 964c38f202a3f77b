package io.weir.sink.write;

import static java.util.Objects.requireNonNull;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.lake.table.AvroTypes;
import io.weir.lake.table.LakeTables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.iceberg.Table;
import org.apache.iceberg.avro.AvroSchemaUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Maps an event to a row for each of its products. */
public final class ProductRows implements RowsMapper {
  private static final String PRODUCTS = "products";
  private static final String LINE_NUMBER = "line_number";

  /** The columns whose names differ from those of the product. */
  private static final Map<String, String> NAMES_IN_PRODUCT =
      Map.of("product_name", "name", "line_value", "line_revenue", "list_position", "position");

  private final AvroRows<EnrichedEvent> events;
  private final Schema row;
  private final int products;
  private final Source[] sources;

  /** Finds the value of a column. */
  private interface Source {
    @Nullable Object value(TableRow event, TableRow product, int lineNumber);
  }

  public ProductRows(Table table) {
    this.row = AvroSchemaUtil.convert(table.schema(), table.name());
    Set<String> wanted = new HashSet<>(Set.of(PRODUCTS));
    row.getFields().forEach(column -> wanted.add(column.name()));
    Schema event = AvroSchemaUtil.convert(LakeTables.EVENTS.schema().select(wanted), PRODUCTS);
    Field list = requireNonNull(event.getField(PRODUCTS));
    Schema product = AvroTypes.present(list.schema()).getElementType();
    this.products = list.pos();
    this.events =
        new AvroRows<>(
            AvroSerde.enrichedEvent(),
            EnrichedEvent.getClassSchema(),
            event,
            LakeTables.EVENTS.times());
    this.sources =
        row.getFields().stream()
            .map(column -> source(column.name(), event, product))
            .toArray(Source[]::new);
  }

  private static Source source(String column, Schema event, Schema product) {
    if (column.equals(LINE_NUMBER)) {
      return (_, _, lineNumber) -> lineNumber;
    }
    Field ofProduct = product.getField(NAMES_IN_PRODUCT.getOrDefault(column, column));
    if (ofProduct != null) {
      int place = ofProduct.pos();
      return (_, one, _) -> one.get(place);
    }
    Field ofEvent = event.getField(column);
    if (ofEvent != null) {
      int place = ofEvent.pos();
      return (whole, _, _) -> whole.get(place);
    }
    return (_, _, _) -> null;
  }

  @Override
  public List<TableRow> rows(ConsumerRecord<byte[], byte[]> record) {
    TableRow event = events.map(record);
    if (!(event.get(products) instanceof List<?> list) || list.isEmpty()) {
      return List.of();
    }
    var rows = new ArrayList<TableRow>(list.size());
    for (Object each : list) {
      rows.add(row(event, (TableRow) each, rows.size() + 1));
    }
    return rows;
  }

  private TableRow row(TableRow event, TableRow product, int lineNumber) {
    var values = new @Nullable Object[sources.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = sources[i].value(event, product, lineNumber);
    }
    return new TableRow(row, values);
  }
}
