package io.weir.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.ingest.event.EventNames;
import io.weir.ingest.event.Field;
import io.weir.ingest.event.Product;
import io.weir.ingest.event.RawEvent;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import io.weir.ingest.event.Times;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Segment's messages: track, page, screen, identify. RudderStack's messages have the same form. */
final class Segment implements EventFormat {
  private static final Set<String> TYPES =
      Set.of("track", "page", "screen", "identify", "group", "alias");
  private static final Set<String> CONSUMED =
      Set.of(
          "url",
          "referrer",
          "title",
          "path",
          "search",
          "products",
          "order_id",
          "orderId",
          "checkout_id",
          "revenue",
          "total",
          "value",
          "currency",
          "product_id",
          "sku",
          "price",
          "quantity");

  private final EventNames names;
  private final Times times;

  Segment(EventNames names, Times times) {
    this.names = names;
    this.times = times;
  }

  static boolean isOne(JsonNode node) {
    return TYPES.contains(node.path("type").asText())
        && (node.has("messageId") || node.has("anonymousId") || node.has("userId"));
  }

  @Override
  public void convert(byte[] record, int length, RawEvent into) throws Skip {
    JsonNode node = JsonRecord.object(record, length);
    String type = JsonRecord.text(node, "type");
    String name = "track".equals(type) ? JsonRecord.text(node, "event") : type;
    into.set(Field.EVENT_TYPE, name == null ? null : names.type(name));
    into.set(Field.EVENT_ID, JsonRecord.first(node, "messageId", "_id"));
    into.set(Field.ANONYMOUS_ID, JsonRecord.text(node, "anonymousId"));
    into.set(Field.USER_ID, JsonRecord.text(node, "userId"));
    time(node, into);
    context(node.path("context"), into);
    search(node, into);
    properties(node, into);
    if ("screen".equals(type)) {
      into.setIfAbsent(Field.PAGE_TITLE, JsonRecord.text(node, "name"));
    }
  }

  /**
   * Takes {@code timestamp}, which Segment has corrected by the device's clock. Without it, takes
   * the original time, which Weir corrects.
   */
  private void time(JsonNode node, RawEvent into) throws Skip {
    String corrected = JsonRecord.text(node, "timestamp");
    String text =
        corrected != null
            ? corrected
            : JsonRecord.first(node, "originalTimestamp", "sentAt", "receivedAt");
    if (text == null) {
      throw new Skip(Reason.NO_TIME, "timestamp");
    }
    long time = times.parse(text);
    if (time == Times.INVALID) {
      throw new Skip(Reason.BAD_TIME, text);
    }
    into.setTime(Field.EVENT_TIME, time);
    if (corrected == null) {
      into.setTime(Field.SENT_AT, optional(JsonRecord.text(node, "sentAt")));
      into.setTime(Field.RECEIVED_AT, optional(JsonRecord.text(node, "receivedAt")));
    }
  }

  private long optional(@Nullable String text) {
    return text == null ? Times.INVALID : times.parse(text);
  }

  private static void context(JsonNode context, RawEvent into) {
    into.set(Field.URL, url(context.path("page")));
    into.set(Field.REFERRER, JsonRecord.text(context, "page", "referrer"));
    into.set(Field.PAGE_TITLE, JsonRecord.text(context, "page", "title"));
    into.set(Field.IP_ADDRESS, JsonRecord.text(context, "ip"));
    into.set(Field.USER_AGENT, JsonRecord.text(context, "userAgent"));
    into.set(Field.DEVICE, JsonRecord.text(context, "device", "type"));
    into.set(Field.OS, JsonRecord.text(context, "os", "name"));
    into.set(Field.COUNTRY, JsonRecord.text(context, "location", "country"));
    into.set(Field.APP_ID, JsonRecord.text(context, "app", "name"));
    JsonNode campaign = context.path("campaign");
    into.set(Field.CAMPAIGN_SOURCE, JsonRecord.text(campaign, "source"));
    into.set(Field.CAMPAIGN_MEDIUM, JsonRecord.text(campaign, "medium"));
    into.set(Field.CAMPAIGN_NAME, JsonRecord.text(campaign, "name"));
    into.set(Field.CAMPAIGN_TERM, JsonRecord.text(campaign, "term"));
    into.set(Field.CAMPAIGN_CONTENT, JsonRecord.text(campaign, "content"));
    JsonNode consent = context.path("consent").path("categoryPreferences");
    into.set(Field.CONSENT_ANALYTICS, JsonRecord.first(consent, "Analytics", "analytics"));
    into.set(
        Field.CONSENT_MARKETING,
        JsonRecord.first(consent, "Marketing", "marketing", "Advertising", "advertising"));
  }

  /**
   * The term comes first, because an event keeps a bounded number of properties. A site may send
   * Weir's name for it itself.
   */
  private static void search(JsonNode node, RawEvent into) {
    if (EventNames.SEARCH.equals(into.get(Field.EVENT_TYPE))) {
      JsonNode properties = node.path("properties");
      into.property(
          EventNames.SEARCH_TERM, JsonRecord.first(properties, EventNames.SEARCH_TERM, "query"));
    }
  }

  /** The URL with its query, which some libraries send apart. */
  private static @Nullable String url(JsonNode page) {
    String url = JsonRecord.text(page, "url");
    String query = JsonRecord.text(page, "search");
    if (url == null || query == null || !query.startsWith("?") || url.indexOf('?') >= 0) {
      return url;
    }
    int fragment = url.indexOf('#');
    return fragment < 0
        ? url + query
        : url.substring(0, fragment) + query + url.substring(fragment);
  }

  private static void properties(JsonNode node, RawEvent into) {
    JsonNode properties = node.path("properties");
    into.setIfAbsent(Field.URL, url(properties));
    into.setIfAbsent(Field.REFERRER, JsonRecord.text(properties, "referrer"));
    into.setIfAbsent(Field.PAGE_TITLE, JsonRecord.text(properties, "title"));
    into.set(Field.ORDER_ID, JsonRecord.first(properties, "order_id", "orderId"));
    into.set(Field.VALUE, JsonRecord.first(properties, "revenue", "total", "value"));
    into.set(Field.CURRENCY, JsonRecord.text(properties, "currency"));
    for (JsonNode product : properties.path("products")) {
      into.add(product(product));
    }
    if (into.products().isEmpty() && JsonRecord.first(properties, "product_id", "sku") != null) {
      into.add(product(properties));
    }
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      if (!CONSUMED.contains(property.getKey())) {
        into.property(property.getKey(), JsonRecord.scalar(property.getValue()));
      }
    }
  }

  private static Product product(JsonNode product) {
    return new Product(
        JsonRecord.first(product, "product_id", "productId", "id", "sku"),
        JsonRecord.text(product, "name"),
        JsonRecord.text(product, "category"),
        JsonRecord.text(product, "brand"),
        JsonRecord.text(product, "price"),
        JsonRecord.text(product, "quantity"));
  }

  @Override
  public String describe() {
    return """
    event_id      messageId
    event_type    type, for track the event's name
    event_time    timestamp; else originalTimestamp, corrected by sentAt and receivedAt
    anonymous_id  anonymousId
    user_id       userId
    url, referrer, page_title   context.page, else properties
    ip_address, user_agent, device, os, country, app_id, campaign, consent   context
    products      properties.products, else the product the properties describe
    order_id, value, currency   properties.order_id, revenue or total or value, currency
    search_term   of a search: properties.search_term, else properties.query
    properties    other properties with a single value\
    """;
  }
}
