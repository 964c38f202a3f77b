package io.weir.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.ingest.event.Product;
import io.weir.ingest.event.Skip;
import java.util.Map;

/**
 * Reads JSON objects. Nested objects become paths, lists of products become products, other lists
 * stay JSON.
 */
final class JsonRows implements Rows {
  private static final int DEEPEST = 6;

  @Override
  public void read(byte[] record, int length, Row into) throws Skip {
    object(JsonRecord.object(record, length), "", 0, into);
  }

  private static void object(JsonNode object, String prefix, int depth, Row into) {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String path = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
      JsonNode value = entry.getValue();
      if (value.isObject() && depth < DEEPEST) {
        object(value, path, depth + 1, into);
      } else if (value.isArray() && isProducts(path, value)) {
        value.forEach(product -> into.product(product(product)));
      } else if (value.isContainerNode()) {
        if (!value.isEmpty()) {
          into.value(path, value.toString(), false);
        }
      } else {
        scalar(path, value, into);
      }
    }
  }

  private static void scalar(String path, JsonNode value, Row into) {
    String text = JsonRecord.scalar(value);
    if (text != null && !text.isEmpty()) {
      into.value(path, text, value.isNumber() || value.isBoolean());
    }
  }

  private static boolean isProducts(String path, JsonNode array) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    return (name.equals("products") || name.equals("items") || name.equals("line_items"))
        && array.path(0).isObject();
  }

  private static Product product(JsonNode product) {
    return new Product(
        JsonRecord.first(product, "product_id", "productId", "item_id", "id", "sku"),
        JsonRecord.first(product, "name", "product_name", "item_name", "title"),
        JsonRecord.first(product, "category", "item_category", "product_category"),
        JsonRecord.first(product, "brand", "item_brand"),
        JsonRecord.first(product, "price", "unit_price", "item_price"),
        JsonRecord.first(product, "quantity", "qty"));
  }
}
