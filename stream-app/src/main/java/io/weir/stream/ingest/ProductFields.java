package io.weir.stream.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.weir.contract.RejectReason;
import io.weir.contract.avro.Product;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code products[]}. */
final class ProductFields {
  private static final int MAX_PRODUCTS = 200;

  private ProductFields() {}

  static List<Product> read(JsonParser json, TextReader texts) throws IOException, Refusal {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return List.of();
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw FieldReader.wrongType(json, "products", "an array");
    }
    var products = new ArrayList<Product>(4);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw FieldReader.wrongType(json, "products[]", "an object");
      }
      if (products.size() == MAX_PRODUCTS) {
        throw new Refusal(
            RejectReason.TOO_MANY, "products has more than " + MAX_PRODUCTS + " entries");
      }
      products.add(product(json, texts));
    }
    return products;
  }

  private static Product product(JsonParser json, TextReader texts) throws IOException, Refusal {
    Product product = new Product();
    product.setQuantity(1);
    int seen = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      int bit = 1 << read(json, texts, product, name);
      if ((seen & bit & ~1) != 0) {
        throw new Refusal(
            RejectReason.DUPLICATE_KEY, "the key products[]." + name + " appears twice");
      }
      seen |= bit;
    }
    if (product.getProductId() == null) {
      throw new Refusal(RejectReason.MISSING_FIELD, "products[].product_id is missing");
    }
    return product;
  }

  /** The number of the field, 0 for one the contract does not know. */
  private static int read(JsonParser json, TextReader texts, Product product, String name)
      throws IOException, Refusal {
    return switch (name) {
      case "product_id" -> {
        product.setProductId(texts.text(json, "products[].product_id", 128));
        yield 1;
      }
      case "name" -> {
        product.setName(texts.text(json, "products[].name", 255));
        yield 2;
      }
      case "category" -> {
        product.setCategory(texts.text(json, "products[].category", 255));
        yield 3;
      }
      case "brand" -> {
        product.setBrand(texts.text(json, "products[].brand", 255));
        yield 4;
      }
      default -> readNumber(json, product, name);
    };
  }

  private static int readNumber(JsonParser json, Product product, String name)
      throws IOException, Refusal {
    return switch (name) {
      case "price" -> {
        product.setPriceE4(EventFields.boxed(FieldReader.money(json, "products[].price")));
        yield 5;
      }
      case "quantity" -> {
        Integer quantity = FieldReader.integer(json, "products[].quantity", 1);
        product.setQuantity(quantity == null ? 1 : quantity);
        yield 6;
      }
      case "position" -> {
        product.setPosition(FieldReader.integer(json, "products[].position", 0));
        yield 7;
      }
      default -> {
        json.skipChildren();
        yield 0;
      }
    };
  }
}
