package io.weir.testkit.hostile;

import io.weir.contract.RejectReason;
import java.util.List;
import java.util.Map;

/** Fields with texts that are too long, malformed, or of another type. */
final class PoisonTexts {
  /** The limits of the texts, by field. */
  private static final Map<String, Integer> TEXTS =
      Map.ofEntries(
          Map.entry("event_id", 100),
          Map.entry("event_type", 40),
          Map.entry("anonymous_id", 128),
          Map.entry("user_id", 255),
          Map.entry("session_id", 128),
          Map.entry("app_id", 255),
          Map.entry("url", 10_000),
          Map.entry("referrer", 10_000),
          Map.entry("page_title", 2_000),
          Map.entry("ip_address", 45),
          Map.entry("user_agent", 1_024),
          Map.entry("browser", 64),
          Map.entry("os", 64),
          Map.entry("device", 64),
          Map.entry("country", 64),
          Map.entry("product_id", 128),
          Map.entry("order_id", 128),
          Map.entry("ad_id", 128));

  private static final List<String> TIMES = List.of("event_time", "sent_at", "received_at");

  private final PoisonList list;

  PoisonTexts(PoisonList list) {
    this.list = list;
  }

  void addAll() {
    texts();
    wrongTypes();
    repeated();
  }

  private void texts() {
    TEXTS.forEach((field, limit) -> {
      list.with(field, "\"" + "x".repeat(limit + 1) + "\"", RejectReason.TOO_LONG);
      list.with(field, "\"" + "x".repeat(20_000) + "\"", RejectReason.TOO_LONG);
      list.with(field, "\"a\\u0000b\"", RejectReason.BAD_VALUE);
      list.with(field, "\"\\ud800\"", RejectReason.BAD_VALUE);
      list.with(field, "\"\\udc00x\"", RejectReason.BAD_VALUE);
      boolean isType = field.equals("event_type");
      list.with(
          field, "\"poison ../../../etc/passwd\"", isType ? RejectReason.BAD_EVENT_TYPE : null);
      list.with(
          field, "\"poison'; DROP TABLE x; --\"", isType ? RejectReason.BAD_EVENT_TYPE : null);
      list.with(
          field, "\"poison \\ud83d\\ude00 \\u202e\"", isType ? RejectReason.BAD_EVENT_TYPE : null);
      list.with(field, "\"poison\\r\\nX: y\"", isType ? RejectReason.BAD_EVENT_TYPE : null);
    });
    for (String type :
        List.of("Page_View", "1st", "_x", "page-view", "page view", "päge", "*", "..")) {
      list.with("event_type", "\"" + type + "\"", RejectReason.BAD_EVENT_TYPE);
    }
    for (String required : List.of("event_id", "event_type", "event_time", "anonymous_id")) {
      list.with(required, "null", RejectReason.MISSING_FIELD);
      list.with(required, "\"\"", RejectReason.MISSING_FIELD);
    }
    for (String currency : List.of("eur", "EURO", "€", "E", "12A", "E R")) {
      list.with("currency", "\"" + currency + "\"", RejectReason.BAD_VALUE);
    }
  }

  private void wrongTypes() {
    for (String field : TEXTS.keySet()) {
      for (String value : List.of("1", "1.5", "true", "[]", "{}", "[\"x\"]", "{\"$ne\":null}")) {
        list.with(field, value, RejectReason.WRONG_TYPE);
      }
    }
    for (String field : TIMES) {
      for (String value : List.of("1.5", "true", "[]", "{}")) {
        list.with(field, value, RejectReason.WRONG_TYPE);
      }
    }
    for (String value : List.of("\"x\"", "1", "true", "[]")) {
      list.with("campaign", value, RejectReason.WRONG_TYPE);
      list.with("consent", value, RejectReason.WRONG_TYPE);
      list.with("properties", value, RejectReason.WRONG_TYPE);
    }
    for (String value : List.of("\"x\"", "1", "true", "{}", "[1]", "[\"p\"]", "[[]]", "[null]")) {
      list.with("products", value, RejectReason.WRONG_TYPE);
    }
    for (String value : List.of("\"1\"", "1.5", "true", "[]", "{}")) {
      list.with("schema_version", value, RejectReason.WRONG_TYPE);
    }
    list.with("consent", "{\"analytics\":\"yes\"}", RejectReason.WRONG_TYPE);
    list.with("consent", "{\"marketing\":1}", RejectReason.WRONG_TYPE);
    list.with("campaign", "{\"source\":{}}", RejectReason.WRONG_TYPE);
    list.with("properties", "{\"a\":{}}", RejectReason.WRONG_TYPE);
    list.with("properties", "{\"a\":[1]}", RejectReason.WRONG_TYPE);
  }

  private void repeated() {
    for (String field : TEXTS.keySet()) {
      list.with(
          "x\":1,\"" + field + "\":\"poison-a\",\"" + field,
          "\"poison-b\"",
          RejectReason.DUPLICATE_KEY);
    }
  }
}
