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
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Snowplow's enriched events, as JSON (the analytics SDKs' form) or as tab-separated values. */
final class Snowplow implements EventFormat {
  private static final String ECOMMERCE = "com_snowplowanalytics_snowplow_ecommerce_";
  private static final String ACTION =
      "unstruct_event_" + ECOMMERCE + "snowplow_ecommerce_action_1";
  private static final String UNSTRUCTURED = "unstruct_event_";
  private static final String SITE_SEARCH =
      UNSTRUCTURED + "com_snowplowanalytics_snowplow_site_search_1";

  /**
   * More characters than gold keeps of a term, so that no list of words makes an event too long.
   */
  private static final int LONGEST_TERM = 2_000;

  private static final Map<String, Field> FIELDS =
      Map.ofEntries(
          Map.entry("event_id", Field.EVENT_ID),
          Map.entry("user_id", Field.USER_ID),
          Map.entry("domain_sessionid", Field.SESSION_ID),
          Map.entry("app_id", Field.APP_ID),
          Map.entry("page_url", Field.URL),
          Map.entry("page_referrer", Field.REFERRER),
          Map.entry("page_title", Field.PAGE_TITLE),
          Map.entry("user_ipaddress", Field.IP_ADDRESS),
          Map.entry("useragent", Field.USER_AGENT),
          Map.entry("br_family", Field.BROWSER),
          Map.entry("os_family", Field.OS),
          Map.entry("dvce_type", Field.DEVICE),
          Map.entry("geo_country", Field.COUNTRY),
          Map.entry("mkt_source", Field.CAMPAIGN_SOURCE),
          Map.entry("mkt_medium", Field.CAMPAIGN_MEDIUM),
          Map.entry("mkt_campaign", Field.CAMPAIGN_NAME),
          Map.entry("mkt_term", Field.CAMPAIGN_TERM),
          Map.entry("mkt_content", Field.CAMPAIGN_CONTENT),
          Map.entry("mkt_clickid", Field.CAMPAIGN_CLICK_ID));

  private final EventNames names;
  private final Times times;
  private final boolean isTabbed;

  Snowplow(EventNames names, Times times, boolean isTabbed) {
    this.names = names;
    this.times = times;
    this.isTabbed = isTabbed;
  }

  static boolean isOne(JsonNode node) {
    return node.has("event_id") && node.has("collector_tstamp");
  }

  @Override
  public void convert(byte[] record, int length, RawEvent into) throws Skip {
    JsonNode node =
        isTabbed
            ? SnowplowColumns.read(Text.decode(record, length))
            : JsonRecord.object(record, length);
    FIELDS.forEach((name, field) -> into.set(field, JsonRecord.text(node, name)));
    into.set(Field.ANONYMOUS_ID, JsonRecord.first(node, "domain_userid", "network_userid"));
    into.setTime(Field.EVENT_TIME, time(node));
    type(node, into);
    transaction(node, into);
    products(node, into);
    search(node, into);
    for (String name : new String[] {"se_category", "se_action", "se_label", "se_property"}) {
      into.property(name, JsonRecord.text(node, name));
    }
    into.property("se_value", JsonRecord.text(node, "se_value"));
    unstructured(node, into);
  }

  /** Takes {@code derived_tstamp}, which is already corrected by the device's clock. */
  private long time(JsonNode node) throws Skip {
    String text = JsonRecord.first(node, "true_tstamp", "derived_tstamp", "collector_tstamp");
    if (text == null) {
      throw new Skip(Reason.NO_TIME, "derived_tstamp");
    }
    long time = times.parse(text);
    if (time == Times.INVALID) {
      throw new Skip(Reason.BAD_TIME, text);
    }
    return time;
  }

  private void type(JsonNode node, RawEvent into) {
    String event = JsonRecord.first(node, "event");
    String name =
        switch (event == null ? "" : event) {
          case "struct" -> JsonRecord.first(node, "se_action");
          case "transaction_item" -> "transaction_item";
          case "unstruct", "" -> unstructuredName(node);
          default -> event;
        };
    into.set(Field.EVENT_TYPE, name == null ? null : names.type(name));
  }

  private static @Nullable String unstructuredName(JsonNode node) {
    String action = JsonRecord.text(node, ACTION, "type");
    return action != null ? action : JsonRecord.text(node, "event_name");
  }

  private static void transaction(JsonNode node, RawEvent into) {
    JsonNode context = node.path("contexts_" + ECOMMERCE + "transaction_1").path(0);
    into.set(Field.ORDER_ID, JsonRecord.first(node, "tr_orderid", "ti_orderid"));
    into.setIfAbsent(Field.ORDER_ID, JsonRecord.text(context, "transaction_id"));
    into.set(Field.VALUE, JsonRecord.first(node, "tr_total"));
    into.setIfAbsent(Field.VALUE, JsonRecord.text(context, "revenue"));
    into.set(Field.CURRENCY, JsonRecord.first(node, "tr_currency", "ti_currency"));
    into.setIfAbsent(Field.CURRENCY, JsonRecord.text(context, "currency"));
  }

  private static void products(JsonNode node, RawEvent into) {
    for (JsonNode product : node.path("contexts_" + ECOMMERCE + "product_1")) {
      into.add(
          new Product(
              JsonRecord.text(product, "id"),
              JsonRecord.text(product, "name"),
              JsonRecord.text(product, "category"),
              JsonRecord.text(product, "brand"),
              JsonRecord.text(product, "price"),
              JsonRecord.text(product, "quantity")));
      into.setIfAbsent(Field.CURRENCY, JsonRecord.text(product, "currency"));
    }
    String sku = JsonRecord.first(node, "ti_sku");
    if (sku != null) {
      into.add(
          new Product(
              sku,
              JsonRecord.text(node, "ti_name"),
              JsonRecord.text(node, "ti_category"),
              null,
              JsonRecord.text(node, "ti_price"),
              JsonRecord.text(node, "ti_quantity")));
    }
  }

  /**
   * The words of a site search as one text. It comes first, because an event keeps a bounded number
   * of properties.
   */
  private static void search(JsonNode node, RawEvent into) {
    JsonNode terms = node.path(SITE_SEARCH).path("terms");
    var joined = new StringJoiner(" ");
    for (JsonNode term : terms) {
      String word = JsonRecord.scalar(term);
      if (word != null && joined.length() < LONGEST_TERM) {
        joined.add(word);
      }
    }
    String text = joined.toString();
    into.property(EventNames.SEARCH_TERM, text.substring(0, Math.min(text.length(), LONGEST_TERM)));
  }

  /** The single values of the self-describing event. */
  private static void unstructured(JsonNode node, RawEvent into) {
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      if (each.getKey().startsWith(UNSTRUCTURED) && !each.getKey().equals(ACTION)) {
        for (Map.Entry<String, JsonNode> value : each.getValue().properties()) {
          into.property(value.getKey(), JsonRecord.scalar(value.getValue()));
        }
      }
    }
  }

  @Override
  public String describe() {
    return """
    event_id      event_id
    event_type    event; se_action of structured events, the name of self-describing ones
    event_time    derived_tstamp, else collector_tstamp
    anonymous_id  domain_userid, else network_userid
    user_id       user_id
    session_id    domain_sessionid
    url, referrer, page_title   page_url, page_referrer, page_title
    ip_address, user_agent, browser, os, device, country, campaign, app_id
    products      the ecommerce product contexts, ti_…
    order_id, value, currency   tr_…, else the ecommerce transaction context
    search_term   terms of a site search
    properties    se_…, the single values of the self-describing event\
    """;
  }
}
