package io.weir.testkit.hostile;

import io.weir.contract.RejectReason;
import java.time.Duration;
import java.util.List;

/** Times, numbers and structures just inside and just outside of what an event may have. */
final class PoisonValues {
  private static final List<String> TIMES = List.of("event_time", "sent_at", "received_at");

  private final PoisonList list;

  PoisonValues(PoisonList list) {
    this.list = list;
  }

  void addAll() {
    times();
    numbers();
    structures();
  }

  @SuppressWarnings("checkstyle:MethodLength") // a table
  private void times() {
    for (String field : TIMES) {
      for (String text :
          List.of(
              "soon",
              "2026-03-01",
              "11:59:00Z",
              "2026-03-01T11:59:00",
              "2026-02-30T11:59:00Z",
              "2026-03-01T25:00:00Z",
              "01/03/2026 11:59",
              "Sun, 01 Mar 2026 11:59:00 GMT",
              "1772366340",
              "2026-03-01T11:59:00Zoo")) {
        list.with(field, "\"" + text + "\"", RejectReason.BAD_TIME);
      }
      list.with(field, "9223372036854775808", RejectReason.BAD_TIME);
      list.with(field, "-9223372036854775808", RejectReason.BAD_TIME);
      list.with(field, "9".repeat(10_000), RejectReason.BAD_TIME);
    }
    for (String field : List.of("sent_at", "received_at")) {
      list.with(field, "9223372036854775807", RejectReason.BAD_TIME);
      list.with(field, "-9223372036854775807", RejectReason.BAD_TIME);
      list.with(field, "253402300800000", RejectReason.BAD_TIME);
      list.with(field, "253402300799999", null);
      list.with(field, "-62167219200001", RejectReason.BAD_TIME);
      list.with(field, "-62167219200000", null);
    }
    list.with("schema_version", "9".repeat(10_000), RejectReason.BAD_VALUE);
    list.with("event_time", "-1", RejectReason.TIME_TOO_OLD);
    list.with("event_time", "0", RejectReason.TIME_TOO_OLD);
    list.with("event_time", "1772366340", RejectReason.TIME_TOO_OLD);
    list.with("event_time", "-9223372036854775807", RejectReason.TIME_TOO_OLD);
    list.with("event_time", "\"0000-01-01T00:00:00Z\"", RejectReason.TIME_TOO_OLD);
    list.with("event_time", list.at(Duration.ofDays(-31)), RejectReason.TIME_TOO_OLD);
    list.with("event_time", list.at(Duration.ofHours(1)), RejectReason.TIME_IN_FUTURE);
    list.with("event_time", "\"2099-01-01T00:00:00Z\"", RejectReason.TIME_IN_FUTURE);
    list.with("event_time", "\"9999-12-31T23:59:59Z\"", RejectReason.TIME_IN_FUTURE);
    list.with("event_time", "9223372036854775807", RejectReason.TIME_IN_FUTURE);
  }

  /** Adds the times whose outcome depends on the millisecond. */
  void edgesOfTime() {
    list.with("event_time", list.at(Duration.ofDays(-30)), null);
    list.with("event_time", list.at(Duration.ofMinutes(5)), null);
  }

  @SuppressWarnings("checkstyle:MethodLength") // a table
  private void numbers() {
    for (String price :
        List.of(
            "-1",
            "-0.0001",
            "1e15",
            "1e400",
            "123456789012345678",
            "\"NaN\"",
            "\"1,5\"",
            "\"-1\"")) {
      list.with("value", price, RejectReason.BAD_VALUE);
      list.with(
          "products", "[{\"product_id\":\"p\",\"price\":" + price + "}]", RejectReason.BAD_VALUE);
    }
    list.with("value", "1e999999999", RejectReason.BAD_VALUE);
    list.with("value", "1e-999999999", RejectReason.BAD_VALUE);
    list.with("value", "9".repeat(10_000), RejectReason.BAD_VALUE);
    list.with("value", "0", null);
    list.with("value", "99999999999999.9999", null);
    for (String quantity : List.of("0", "-1", "10000001", "2147483648", "9223372036854775807")) {
      list.with(
          "products",
          "[{\"product_id\":\"p\",\"quantity\":" + quantity + "}]",
          RejectReason.BAD_VALUE);
    }
    list.with("products", "[{\"product_id\":\"p\",\"quantity\":1.5}]", RejectReason.WRONG_TYPE);
    list.with(
        "products",
        "[{\"product_id\":\"p\",\"quantity\":2147483647,\"price\":99999999999999}]",
        RejectReason.BAD_VALUE);
    list.with(
        "products",
        "[{\"product_id\":\"p\",\"quantity\":10000000,\"price\":99999999999999}]",
        RejectReason.BAD_VALUE);
    list.with(
        "products", "[{\"product_id\":\"p\",\"quantity\":10000000,\"price\":9999999.9999}]", null);
    list.with("schema_version", "-1", RejectReason.BAD_VALUE);
    list.with("schema_version", "2147483648", RejectReason.BAD_VALUE);
    list.with("unknown_number", "9".repeat(10_000), null);
    list.with("unknown_number", "-1e400", null);
  }

  private void structures() {
    list.with(
        "products",
        "[" + "{\"product_id\":\"p\"},".repeat(200) + "{\"product_id\":\"p\"}]",
        RejectReason.TOO_MANY);
    list.with("products", "[{}]", RejectReason.MISSING_FIELD);
    list.with("products", "[{\"product_id\":null}]", RejectReason.MISSING_FIELD);
    list.with("products", "[{\"product_id\":\"\"}]", RejectReason.MISSING_FIELD);
    list.with(
        "products", "[{\"product_id\":\"p\",\"product_id\":\"q\"}]", RejectReason.DUPLICATE_KEY);
    list.with("products", "[{\"product_id\":\"" + "x".repeat(129) + "\"}]", RejectReason.TOO_LONG);
    var many = new StringBuilder("{");
    for (int i = 0; i < 26; i++) {
      many.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":1");
    }
    list.with("properties", many.append('}').toString(), RejectReason.TOO_MANY);
    list.with("properties", "{\"a\":1,\"a\":2}", RejectReason.DUPLICATE_KEY);
    list.with("unknown\":1,\"unknown", "2", RejectReason.DUPLICATE_KEY);
    list.with("unknown", "{\"deep\":" + "[".repeat(40) + "]".repeat(40) + "}", null);
    list.with("__proto__", "{\"admin\":true}", null);
    list.with("\\u0000", "\"\\u0000\"", null);
    list.with("", "\"\"", null);
  }
}
