package io.weir.ingest.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import java.util.Map;

/**
 * Snowplow's enriched events as 131 tab-separated values without a header. They are read as the
 * JSON that the analytics SDKs make of them, as far as {@link Snowplow} uses it.
 */
final class SnowplowColumns {
  static final int COUNT = 131;
  private static final int LEAST = 108; // before derived_contexts and what follows was added

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONTEXTS = 52;
  private static final int UNSTRUCTURED = 58;
  private static final int DERIVED_CONTEXTS = 122;

  /** The columns in use, by their position. */
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(0, "app_id"),
          Map.entry(3, "collector_tstamp"),
          Map.entry(5, "event"),
          Map.entry(6, "event_id"),
          Map.entry(12, "user_id"),
          Map.entry(13, "user_ipaddress"),
          Map.entry(15, "domain_userid"),
          Map.entry(17, "network_userid"),
          Map.entry(18, "geo_country"),
          Map.entry(29, "page_url"),
          Map.entry(30, "page_title"),
          Map.entry(31, "page_referrer"),
          Map.entry(47, "mkt_medium"),
          Map.entry(48, "mkt_source"),
          Map.entry(49, "mkt_term"),
          Map.entry(50, "mkt_content"),
          Map.entry(51, "mkt_campaign"),
          Map.entry(53, "se_category"),
          Map.entry(54, "se_action"),
          Map.entry(55, "se_label"),
          Map.entry(56, "se_property"),
          Map.entry(57, "se_value"),
          Map.entry(59, "tr_orderid"),
          Map.entry(61, "tr_total"),
          Map.entry(67, "ti_orderid"),
          Map.entry(68, "ti_sku"),
          Map.entry(69, "ti_name"),
          Map.entry(70, "ti_category"),
          Map.entry(71, "ti_price"),
          Map.entry(72, "ti_quantity"),
          Map.entry(77, "useragent"),
          Map.entry(79, "br_family"),
          Map.entry(98, "os_family"),
          Map.entry(101, "dvce_type"),
          Map.entry(108, "tr_currency"),
          Map.entry(112, "ti_currency"),
          Map.entry(116, "mkt_clickid"),
          Map.entry(123, "domain_sessionid"),
          Map.entry(124, "derived_tstamp"),
          Map.entry(126, "event_name"),
          Map.entry(130, "true_tstamp"));

  private SnowplowColumns() {}

  static boolean isOne(String line) {
    String[] values = line.split("\t", -1);
    return values.length == COUNT && values[6].length() == 36 && !values[3].isEmpty();
  }

  static JsonNode read(String line) throws Skip {
    String[] values = line.split("\t", -1);
    if (values.length < LEAST || values.length > COUNT) {
      throw new Skip(Reason.WRONG_COLUMNS, values.length + " columns: " + line);
    }
    ObjectNode node = JSON.createObjectNode();
    NAMES.forEach((place, name) -> {
      if (place < values.length && !values[place].isEmpty()) {
        node.put(name, values[place]);
      }
    });
    contexts(values[CONTEXTS], node);
    if (values.length > DERIVED_CONTEXTS) {
      contexts(values[DERIVED_CONTEXTS], node);
    }
    JsonNode event = json(values[UNSTRUCTURED]).path("data");
    if (event.has("schema")) {
      node.set("unstruct_event_" + column(event), event.path("data"));
    }
    return node;
  }

  private static void contexts(String text, ObjectNode node) {
    for (JsonNode context : json(text).path("data")) {
      ArrayNode all = node.withArray("/contexts_" + column(context));
      all.add(context.path("data"));
    }
  }

  /** {@code iglu:com.acme/link_click/jsonschema/1-0-1} becomes {@code com_acme_link_click_1}. */
  private static String column(JsonNode selfDescribing) {
    String[] parts = selfDescribing.path("schema").asText().replace("iglu:", "").split("/", -1);
    if (parts.length != 4) {
      return "unknown";
    }
    String model = parts[3].substring(0, Math.max(0, parts[3].indexOf('-')));
    return (parts[0] + "_" + parts[1] + "_" + model).replace('.', '_').replace('-', '_');
  }

  /** The parsed text; text that is no JSON has no parts, and the event is accepted without it. */
  private static JsonNode json(String text) {
    try {
      return text.isEmpty() ? JSON.missingNode() : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }
}
