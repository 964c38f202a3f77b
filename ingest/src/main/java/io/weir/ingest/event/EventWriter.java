package io.weir.ingest.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.ingest.event.Field.Kind;
import io.weir.ingest.event.RawEvent.Property;
import io.weir.ingest.event.Skip.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event as the JSON of the wire contract. Values that the contract would reject are
 * repaired if that loses little (long texts are cut, odd amounts become properties); otherwise the
 * record is skipped.
 */
public final class EventWriter {
  static final int MAX_BYTES = 32 * 1024;
  private static final int MAX_PROPERTIES = 25;
  private static final int MAX_PRODUCTS = 200;
  private static final Field[] FIELDS = Field.values();

  private final JsonFactory factory = new JsonFactory();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(4_096);
  private final Set<String> names = new HashSet<>();
  private long shortened;

  /** The number of texts and lists that were cut to the contract's limits. */
  public long shortened() {
    return shortened;
  }

  /** The event's JSON. */
  public byte[] write(RawEvent event) throws Skip {
    check(event);
    out.reset();
    try (JsonGenerator json = factory.createGenerator(out)) {
      json.writeStartObject();
      fields(event, json);
      group(event, Kind.CAMPAIGN, "campaign", json);
      group(event, Kind.CONSENT, "consent", json);
      products(event, json);
      properties(event, json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (out.size() > MAX_BYTES) {
      throw new Skip(Reason.TOO_LARGE, out.size() + " bytes");
    }
    return out.toByteArray();
  }

  private static void check(RawEvent event) throws Skip {
    String type = event.get(Field.EVENT_TYPE);
    if (type == null) {
      throw new Skip(Reason.NO_TYPE, "");
    }
    if (event.time(Field.EVENT_TIME) == Times.INVALID) {
      throw new Skip(Reason.NO_TIME, "");
    }
    String visitor = event.visitor();
    if (visitor == null) {
      throw new Skip(Reason.NO_VISITOR, "");
    }
    checkLength(event, Field.ANONYMOUS_ID);
    checkLength(event, Field.USER_ID);
    if (type.equals("view")) {
      event.set(
          Field.EVENT_TYPE, event.get(Field.PRODUCT_ID) == null ? "page_view" : "product_view");
    }
  }

  private static void checkLength(RawEvent event, Field field) throws Skip {
    String id = event.get(field);
    if (id != null && id.length() > field.limit()) {
      throw new Skip(Reason.ID_TOO_LONG, id);
    }
  }

  private void fields(RawEvent event, JsonGenerator json) throws IOException {
    for (Field field : FIELDS) {
      String text = event.get(field);
      switch (field.kind()) {
        case TEXT, TYPE, IDENTITY -> text(json, field.key(), text, field.limit());
        case TIME -> time(json, field.key(), event.time(field));
        case AMOUNT -> amount(event, json, text);
        case CURRENCY -> currency(event, json, text);
        case CAMPAIGN, CONSENT, PRODUCT -> {}
      }
    }
  }

  private void text(JsonGenerator json, String key, @Nullable String text, int limit)
      throws IOException {
    if (text == null) {
      return;
    }
    String storable = storable(text);
    boolean isLong = storable.length() > limit;
    shortened += isLong ? 1 : 0;
    json.writeStringField(key, isLong ? start(storable, limit) : storable);
  }

  private static void time(JsonGenerator json, String key, long time) throws IOException {
    if (time != Times.INVALID) {
      json.writeNumberField(key, time);
    }
  }

  private static void amount(RawEvent event, JsonGenerator json, @Nullable String text)
      throws IOException {
    String amount = Amounts.amount(text);
    if (amount != null) {
      json.writeStringField("value", amount);
    } else {
      event.property("value", text); // a refund, or no number at all
    }
  }

  private static void currency(RawEvent event, JsonGenerator json, @Nullable String text)
      throws IOException {
    if (text == null) {
      return;
    }
    String code = text.strip();
    boolean isCode = code.length() == 3;
    for (int i = 0; isCode && i < 3; i++) {
      char c = (char) (code.charAt(i) | 0x20);
      isCode = c >= 'a' && c <= 'z';
    }
    if (isCode) {
      json.writeStringField("currency", code.toUpperCase(java.util.Locale.ROOT));
    } else {
      event.property("currency", text);
    }
  }

  private void group(RawEvent event, Kind kind, String name, JsonGenerator json)
      throws IOException {
    boolean isOpen = false;
    for (Field field : FIELDS) {
      String text = field.kind() == kind ? event.get(field) : null;
      if (text == null) {
        continue;
      }
      if (!isOpen) {
        json.writeObjectFieldStart(name);
        isOpen = true;
      }
      if (kind == Kind.CAMPAIGN) {
        text(json, field.key(), text, field.limit());
      } else {
        json.writeBooleanField(field.key(), text.equalsIgnoreCase("true") || text.equals("1"));
      }
    }
    if (isOpen) {
      json.writeEndObject();
    }
  }

  private void products(RawEvent event, JsonGenerator json) throws IOException {
    if (event.products().isEmpty() && event.get(Field.PRODUCT_ID) != null) {
      event.add(
          new Product(
              event.get(Field.PRODUCT_ID),
              event.get(Field.PRODUCT_NAME),
              event.get(Field.PRODUCT_CATEGORY),
              event.get(Field.PRODUCT_BRAND),
              event.get(Field.PRODUCT_PRICE),
              event.get(Field.PRODUCT_QUANTITY)));
    }
    if (event.products().isEmpty()) {
      return;
    }
    shortened += event.products().size() > MAX_PRODUCTS ? 1 : 0;
    json.writeArrayFieldStart("products");
    int count = 0;
    for (Product product : event.products()) {
      String id = product.id() != null ? product.id() : product.name();
      if (id != null && count++ < MAX_PRODUCTS) {
        product(product, id, json);
      }
    }
    json.writeEndArray();
  }

  private void product(Product product, String id, JsonGenerator json) throws IOException {
    json.writeStartObject();
    text(json, "product_id", id, Field.PRODUCT_ID.limit());
    text(json, "name", product.name(), Field.PRODUCT_NAME.limit());
    text(json, "category", product.category(), Field.PRODUCT_CATEGORY.limit());
    text(json, "brand", product.brand(), Field.PRODUCT_BRAND.limit());
    String price = Amounts.amount(product.price());
    if (price != null) {
      json.writeStringField("price", price);
    }
    int quantity = Amounts.quantity(product.quantity());
    if (quantity > 0) {
      json.writeNumberField("quantity", quantity);
    }
    json.writeEndObject();
  }

  private void properties(RawEvent event, JsonGenerator json) throws IOException {
    if (event.properties().isEmpty()) {
      return;
    }
    names.clear();
    json.writeObjectFieldStart("properties");
    for (Property property : event.properties()) {
      if (names.size() == MAX_PROPERTIES) {
        shortened++;
        break;
      }
      String name = storable(property.name());
      if (!names.add(name)) {
        continue;
      }
      json.writeFieldName(name);
      if (property.isBare()) {
        json.writeRawValue(property.value());
      } else {
        json.writeString(storable(property.value()));
      }
    }
    json.writeEndObject();
  }

  /** The time in a form for people. */
  public static String shown(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).toString();
  }

  /** The start of the text, which never ends with half of a surrogate pair. */
  private static String start(String text, int limit) {
    int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    return text.substring(0, end);
  }

  /** Replaces NUL and halves of surrogate pairs, which no store accepts, by U+FFFD. */
  static String storable(String text) {
    for (int i = 0; i < text.length(); i++) {
      // One comparison decides for nearly every character: it is neither NUL nor a surrogate or
      // beyond.
      if ((char) (text.charAt(i) - 1) >= Character.MIN_SURROGATE - 1) {
        return mended(text);
      }
    }
    return text;
  }

  private static String mended(String text) {
    var mended = new StringBuilder(text.length());
    text.codePoints()
        .map(c ->
            c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xfffd : c)
        .forEach(mended::appendCodePoint);
    return mended.toString();
  }
}
