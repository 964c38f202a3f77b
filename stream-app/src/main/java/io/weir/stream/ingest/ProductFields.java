package io.weir.stream.ingest;

import com.fasterxml.jackson.core.JsonToken;
import io.weir.contract.RejectReason;
import io.weir.contract.avro.Product;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code products[]}. */
final class ProductFields {
  private static final int MAX_PRODUCTS = 200;
  private static final int MAX_QUANTITY = 10_000_000;

  private ProductFields() {}

  static List<Product> read(Tokens tokens, TextReader texts) throws IOException, Refusal {
    if (tokens.current() == JsonToken.VALUE_NULL) {
      return List.of();
    }
    if (tokens.current() != JsonToken.START_ARRAY) {
      throw FieldReader.wrongType(tokens, "products", "an array");
    }
    var products = new ArrayList<Product>(4);
    long worth = 0;
    while (tokens.next() != JsonToken.END_ARRAY) {
      if (tokens.current() != JsonToken.START_OBJECT) {
        throw FieldReader.wrongType(tokens, "products[]", "an object");
      }
      if (products.size() == MAX_PRODUCTS) {
        throw new Refusal(
            RejectReason.TOO_MANY, "products has more than " + MAX_PRODUCTS + " entries");
      }
      Product product = product(tokens, texts);
      products.add(product);
      worth = plus(worth, product);
    }
    return products;
  }

  /** Adds what a product is worth. So that of an event is an amount like its other ones. */
  private static long plus(long worth, Product product) throws Refusal {
    Long price = product.getPriceE4();
    long sum = price == null ? worth : Money.plus(worth, price, product.getQuantity());
    if (sum == Money.INVALID) {
      throw new Refusal(RejectReason.BAD_VALUE, "products are worth more than 10^14 together");
    }
    return sum;
  }

  private static Product product(Tokens tokens, TextReader texts) throws IOException, Refusal {
    Product product = new Product();
    product.setQuantity(1);
    int seen = 0;
    while (tokens.next() == JsonToken.FIELD_NAME) {
      String name = tokens.name();
      tokens.next();
      int bit = 1 << read(tokens, texts, product, name);
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

  /** Reads a field and returns its number; 0 for one that the contract does not know. */
  private static int read(Tokens tokens, TextReader texts, Product product, String name)
      throws IOException, Refusal {
    return switch (name) {
      case "product_id" -> {
        product.setProductId(texts.text(tokens, "products[].product_id", 128));
        yield 1;
      }
      case "name" -> {
        product.setName(texts.text(tokens, "products[].name", 255));
        yield 2;
      }
      case "category" -> {
        product.setCategory(texts.text(tokens, "products[].category", 255));
        yield 3;
      }
      case "brand" -> {
        product.setBrand(texts.text(tokens, "products[].brand", 255));
        yield 4;
      }
      default -> readNumber(tokens, product, name);
    };
  }

  private static int readNumber(Tokens tokens, Product product, String name)
      throws IOException, Refusal {
    return switch (name) {
      case "price" -> {
        product.setPriceE4(EventFields.boxed(FieldReader.money(tokens, "products[].price")));
        yield 5;
      }
      case "quantity" -> {
        Integer quantity = FieldReader.integer(tokens, "products[].quantity", 1, MAX_QUANTITY);
        product.setQuantity(quantity == null ? 1 : quantity);
        yield 6;
      }
      case "position" -> {
        product.setPosition(FieldReader.integer(tokens, "products[].position", 0));
        yield 7;
      }
      default -> {
        tokens.skipChildren();
        yield 0;
      }
    };
  }
}
