package io.weir.lake.table;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** The columns of {@code silver.event_products}: a row for each product of an event. */
final class EventProducts {
  private static final Type TEXT = Types.StringType.get();
  private static final Type NUMBER = Types.IntegerType.get();

  private final List<NestedField> columns = new ArrayList<>();

  private EventProducts() {}

  static Schema columns() {
    return new EventProducts()
        .required("event_id", TEXT, "the id of the event in silver.events")
        .required("event_time", Types.TimestampType.withZone(), "when the event happened")
        .required("event_type", TEXT, "the type of the event, for instance product_view")
        .required("line_number", NUMBER, "the place in the event; 1 for the first product")
        .required("visitor_id", TEXT, "anonymous_id of the event, else its user_id")
        .optional("user_id", TEXT, "the user id of the event")
        .optional("client_session_id", TEXT, "the producer's own session id, a hint")
        .optional("app_id", TEXT, "the app or site")
        .required("is_bot", Types.BooleanType.get(), "whether the event itself tells a robot")
        .optional("order_id", TEXT, "the id of the order")
        .required("product_id", TEXT, "the id of the product")
        .optional("product_name", TEXT, "products[].name of the event")
        .optional("category", TEXT, "the category of the product")
        .optional("brand", TEXT, "the brand of the product")
        .optional("price", AvroTypes.DECIMAL, "the price of one piece")
        .required("quantity", NUMBER, "the number of pieces")
        .optional("line_value", AvroTypes.DECIMAL, "price × quantity; products[].line_revenue")
        .optional("currency", TEXT, "the currency of price and line_value")
        .optional("list_position", NUMBER, "products[].position: where the shop showed it")
        .required("raw_partition", NUMBER, "where the raw record lies")
        .required("raw_offset", Types.LongType.get(), "where the raw record lies")
        .schema();
  }

  private EventProducts required(String name, Type type, String doc) {
    columns.add(NestedField.required(columns.size() + 1, name, type, doc));
    return this;
  }

  private EventProducts optional(String name, Type type, String doc) {
    columns.add(NestedField.optional(columns.size() + 1, name, type, doc));
    return this;
  }

  private Schema schema() {
    return new Schema(columns);
  }
}
