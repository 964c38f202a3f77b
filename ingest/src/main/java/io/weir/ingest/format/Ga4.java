package io.weir.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.ingest.event.EventNames;
import io.weir.ingest.event.Field;
import io.weir.ingest.event.Product;
import io.weir.ingest.event.RawEvent;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import org.jspecify.annotations.Nullable;

/** Google Analytics 4's BigQuery export as JSON lines. The export has no event ids. */
final class Ga4 implements EventFormat {
  private static final String[] VALUES = {
    "string_value", "int_value", "double_value", "float_value"
  };

  private final EventNames names;

  Ga4(EventNames names) {
    this.names = names;
  }

  static boolean isOne(JsonNode node) {
    return node.has("event_name")
        && node.has("event_timestamp")
        && (node.has("event_params") || node.has("user_pseudo_id"));
  }

  @Override
  public void convert(byte[] record, int length, RawEvent into) throws Skip {
    JsonNode node = JsonRecord.object(record, length);
    String name = JsonRecord.text(node, "event_name");
    into.set(Field.EVENT_TYPE, name == null ? null : names.type(name));
    into.setTime(Field.EVENT_TIME, micros(JsonRecord.text(node, "event_timestamp")));
    into.set(Field.ANONYMOUS_ID, JsonRecord.text(node, "user_pseudo_id"));
    into.set(Field.USER_ID, JsonRecord.text(node, "user_id"));
    for (JsonNode parameter : node.path("event_params")) {
      parameter(parameter, into);
    }
    surroundings(node, into);
    ecommerce(node.path("ecommerce"), into);
    for (JsonNode item : node.path("items")) {
      into.add(product(item));
    }
  }

  private static long micros(@Nullable String text) throws Skip {
    if (text == null) {
      throw new Skip(Reason.NO_TIME, "event_timestamp");
    }
    try {
      return Math.floorDiv(Long.parseLong(text), 1_000L);
    } catch (NumberFormatException e) {
      throw new Skip(Reason.BAD_TIME, text);
    }
  }

  private static void parameter(JsonNode parameter, RawEvent into) {
    String key = JsonRecord.text(parameter, "key");
    String value = JsonRecord.first(parameter.path("value"), VALUES);
    if (key == null || value == null) {
      return;
    }
    Field field =
        switch (key) {
          case "page_location" -> Field.URL;
          case "page_referrer" -> Field.REFERRER;
          case "page_title" -> Field.PAGE_TITLE;
          case "ga_session_id" -> Field.SESSION_ID;
          case "transaction_id" -> Field.ORDER_ID;
          case "value" -> Field.VALUE;
          case "currency" -> Field.CURRENCY;
          case "source" -> Field.CAMPAIGN_SOURCE;
          case "medium" -> Field.CAMPAIGN_MEDIUM;
          case "campaign" -> Field.CAMPAIGN_NAME;
          case "term" -> Field.CAMPAIGN_TERM;
          case "content" -> Field.CAMPAIGN_CONTENT;
          case "gclid" -> Field.CAMPAIGN_CLICK_ID;
          default -> null;
        };
    if (field == null) {
      into.property(key, value);
    } else {
      into.set(field, value);
    }
  }

  private static void surroundings(JsonNode node, RawEvent into) {
    into.set(Field.APP_ID, JsonRecord.text(node, "app_info", "id"));
    into.setIfAbsent(Field.APP_ID, JsonRecord.text(node, "device", "web_info", "hostname"));
    into.set(Field.DEVICE, JsonRecord.text(node, "device", "category"));
    into.set(Field.OS, JsonRecord.text(node, "device", "operating_system"));
    into.set(Field.BROWSER, JsonRecord.text(node, "device", "web_info", "browser"));
    into.setIfAbsent(Field.BROWSER, JsonRecord.text(node, "device", "browser"));
    into.set(Field.COUNTRY, JsonRecord.text(node, "geo", "country"));
    // traffic_source says how the user first came, collected_traffic_source belongs to this event.
    JsonNode collected = node.path("collected_traffic_source");
    into.setIfAbsent(Field.CAMPAIGN_SOURCE, JsonRecord.text(collected, "manual_source"));
    into.setIfAbsent(Field.CAMPAIGN_MEDIUM, JsonRecord.text(collected, "manual_medium"));
    into.setIfAbsent(Field.CAMPAIGN_NAME, JsonRecord.text(collected, "manual_campaign_name"));
    into.setIfAbsent(Field.CAMPAIGN_CLICK_ID, JsonRecord.text(collected, "gclid"));
    into.property("first_source", JsonRecord.text(node, "traffic_source", "source"));
    into.property("first_medium", JsonRecord.text(node, "traffic_source", "medium"));
  }

  private static void ecommerce(JsonNode ecommerce, RawEvent into) {
    into.setIfAbsent(Field.ORDER_ID, told(JsonRecord.text(ecommerce, "transaction_id")));
    into.setIfAbsent(Field.VALUE, JsonRecord.text(ecommerce, "purchase_revenue"));
  }

  private static Product product(JsonNode item) {
    return new Product(
        told(JsonRecord.text(item, "item_id")),
        told(JsonRecord.text(item, "item_name")),
        told(JsonRecord.text(item, "item_category")),
        told(JsonRecord.text(item, "item_brand")),
        JsonRecord.text(item, "price"),
        JsonRecord.text(item, "quantity"));
  }

  private static @Nullable String told(@Nullable String text) {
    return "(not set)".equals(text) ? null : text;
  }

  @Override
  public String describe() {
    return """
    event_id      derived from the line
    event_type    event_name
    event_time    event_timestamp (microseconds)
    anonymous_id  user_pseudo_id
    user_id       user_id
    session_id    ga_session_id
    url, referrer, page_title   page_location, page_referrer, page_title
    products      items
    order_id, value, currency   ecommerce, else the event's parameters
    campaign      the event's parameters, else collected_traffic_source
    device, os, browser, country
    properties    other event_params, traffic_source as first_source and first_medium\
    """;
  }
}
