package io.weir.testkit.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.contract.RejectReason;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Inputs that have hurt pipelines, each with the one right outcome. Every input that is accepted
 * belongs to a visitor whose id starts with {@code poison}.
 */
public final class PoisonCorpus {
  public static final Instant APPENDED = Instant.parse("2026-03-01T12:00:00Z");
  private static final int MOST_BYTES = 32 * 1024;

  /** Limits of the texts, by field. */
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

  private final List<Poison> all = new ArrayList<>();
  private final Instant appended;
  private final String time;

  private PoisonCorpus(Instant appended) {
    this.appended = appended;
    this.time = at(Duration.ofMinutes(-1));
  }

  /**
   * @param reason null where the contract accepts the input
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Poison(String name, byte @Nullable [] value, @Nullable RejectReason reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** As appended at {@link #APPENDED}. */
  public static List<Poison> all() {
    var corpus = new PoisonCorpus(APPENDED);
    corpus.addAll();
    corpus.edgesOfTime();
    return corpus.all;
  }

  /** As appended about then: without those whose outcome depends on the millisecond. */
  public static List<Poison> about(Instant appended) {
    var corpus = new PoisonCorpus(appended);
    corpus.addAll();
    return corpus.all;
  }

  private void addAll() {
    documents();
    bytes();
    texts();
    wrongTypes();
    times();
    numbers();
    structures();
  }

  private String at(Duration fromAppended) {
    return "\"" + appended.plus(fromAppended) + "\"";
  }

  private void add(String name, String json, @Nullable RejectReason reason) {
    all.add(new Poison(name, json.getBytes(UTF_8), reason));
  }

  private Map<String, String> fields(int number) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("event_id", "\"poison-event-" + number + "\"");
    fields.put("event_type", "\"page_view\"");
    fields.put("event_time", time);
    fields.put("anonymous_id", "\"poison-" + number + "\"");
    return fields;
  }

  /** A valid event in which one field is what the test says. */
  private void with(String field, String value, @Nullable RejectReason reason) {
    Map<String, String> fields = fields(all.size());
    fields.put(field, value);
    var json = new StringBuilder("{");
    fields.forEach((name, text) ->
        json.append(json.length() > 1 ? "," : "")
            .append('"')
            .append(name)
            .append("\":")
            .append(text));
    String shown = value.length() > 40 ? value.substring(0, 40) + "…" + value.length() : value;
    add(field + " = " + shown.replace("\u0000", "NUL"), json.append('}').toString(), reason);
  }

  private void documents() {
    all.add(new Poison("tombstone", null, RejectReason.EMPTY));
    add("empty", "", RejectReason.EMPTY);
    for (String blank : List.of(" ", "\n\n", "\t", "\ufeff")) {
      add("blank " + (int) blank.charAt(0), blank, RejectReason.NOT_JSON);
    }
    for (String other : List.of("[]", "[{}]", "1", "-0.5", "true", "null", "\"text\"", "[[[]]]")) {
      add("document " + other, other, RejectReason.NOT_AN_OBJECT);
    }
    for (String broken :
        List.of(
            "{",
            "}",
            "{]",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{a:1}",
            "{'a':1}",
            "{\"a\":01}",
            "{\"a\":+1}",
            "{\"a\":.5}",
            "{\"a\":1.}",
            "{\"a\":1e}",
            "{\"a\":NaN}",
            "{\"a\":Infinity}",
            "{\"a\":-Infinity}",
            "{\"a\":undefined}",
            "{\"a\":TRUE}",
            "{\"a\":\"\\x\"}",
            "{\"a\":\"\\u12\"}",
            "{\"a\":\"unfinished}",
            "{} {}",
            "{}]",
            "{}x",
            "{}\u0000",
            "<xml/>",
            "a=1&b=2",
            "GET / HTTP/1.1",
            "{\"a\":1 \"b\":2}",
            "{\"a\":\"line\nbreak\"}",
            "{\"a\":\"tab\there\"}",
            "{/* c */}",
            "{,}")) {
      add("broken " + broken, broken, RejectReason.NOT_JSON);
    }
    String valid =
        "{\"event_id\":\"e\",\"event_type\":\"x\",\"event_time\":"
            + time
            + ",\"user_id\":\"poison\"}";
    for (int end = 1; end < valid.length(); end += 2) {
      add("cut at " + end, valid.substring(0, end), RejectReason.NOT_JSON);
    }
    String escaped = valid.replace("\"", "\\\"");
    add("double-encoded", "\"" + escaped + "\"", RejectReason.NOT_AN_OBJECT);
    add("in an array", "[" + valid + "]", RejectReason.NOT_AN_OBJECT);
    add("twice", valid + valid, RejectReason.NOT_JSON);
    add("as lines", valid + "\n" + valid, RejectReason.NOT_JSON);
    add(
        "32 KiB and one byte",
        valid + " ".repeat(MOST_BYTES + 1 - valid.length()),
        RejectReason.TOO_LARGE);
    add("10 MB", "{\"a\":\"" + "x".repeat(10_000_000) + "\"}", RejectReason.TOO_LARGE);
    add("depth 100,000", "[".repeat(100_000), RejectReason.TOO_LARGE);
    add("object depth 100,000", "{\"a\":".repeat(100_000), RejectReason.TOO_LARGE);
    add("array depth 10,000", "[".repeat(10_000), RejectReason.NOT_AN_OBJECT);
    add("object depth 5,000", "{\"a\":".repeat(5_000), RejectReason.NOT_JSON);
    add(
        "closed depth 51",
        "{\"a\":" + "[".repeat(51) + "]".repeat(51) + "}",
        RejectReason.NOT_JSON);
  }

  private void bytes() {
    byte[][] invalid = {
      {(byte) 0xff},
      {(byte) 0xfe},
      {(byte) 0xc3, 0x28},
      {(byte) 0xe2, (byte) 0x28, (byte) 0xa1},
      {(byte) 0xed, (byte) 0xa0},
      {(byte) 0xf0, 0x28, (byte) 0x8c, (byte) 0xbc},
      {(byte) 0xf8, (byte) 0x88, (byte) 0x80, (byte) 0x80},
      {(byte) 0x80},
      {(byte) 0xbf}
    };
    for (String field : List.of("event_id", "url", "user_agent", "something_unknown")) {
      for (byte[] bytes : invalid) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(
            ("{\"event_type\":\"x\",\"event_time\":"
                    + time
                    + ",\"user_id\":\"poison\",\""
                    + field
                    + "\":\"")
                .getBytes(UTF_8));
        out.writeBytes(bytes);
        out.writeBytes("\"}".getBytes(UTF_8));
        all.add(
            new Poison(
                field + " with invalid UTF-8 " + all.size(),
                out.toByteArray(),
                RejectReason.NOT_JSON));
      }
    }
    all.add(new Poison("zero bytes", new byte[64], RejectReason.NOT_JSON));
    all.add(
        new Poison(
            "gzip", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0}, RejectReason.NOT_JSON));
  }

  private void texts() {
    TEXTS.forEach((field, limit) -> {
      with(field, "\"" + "x".repeat(limit + 1) + "\"", RejectReason.TOO_LONG);
      with(field, "\"" + "x".repeat(20_000) + "\"", RejectReason.TOO_LONG);
      with(field, "\"a\\u0000b\"", RejectReason.BAD_VALUE);
      with(field, "\"\\ud800\"", RejectReason.BAD_VALUE);
      with(field, "\"\\udc00x\"", RejectReason.BAD_VALUE);
      boolean isType = field.equals("event_type");
      with(field, "\"poison ../../../etc/passwd\"", isType ? RejectReason.BAD_EVENT_TYPE : null);
      with(field, "\"poison'; DROP TABLE x; --\"", isType ? RejectReason.BAD_EVENT_TYPE : null);
      with(field, "\"poison \\ud83d\\ude00 \\u202e\"", isType ? RejectReason.BAD_EVENT_TYPE : null);
      with(field, "\"poison\\r\\nX: y\"", isType ? RejectReason.BAD_EVENT_TYPE : null);
    });
    for (String type :
        List.of("Page_View", "1st", "_x", "page-view", "page view", "päge", "*", "..")) {
      with("event_type", "\"" + type + "\"", RejectReason.BAD_EVENT_TYPE);
    }
    for (String required : List.of("event_id", "event_type", "event_time", "anonymous_id")) {
      with(required, "null", RejectReason.MISSING_FIELD);
      with(required, "\"\"", RejectReason.MISSING_FIELD);
    }
    for (String currency : List.of("eur", "EURO", "€", "E", "12A", "E R")) {
      with("currency", "\"" + currency + "\"", RejectReason.BAD_VALUE);
    }
  }

  private void wrongTypes() {
    for (String field : TEXTS.keySet()) {
      for (String value : List.of("1", "1.5", "true", "[]", "{}", "[\"x\"]", "{\"$ne\":null}")) {
        with(field, value, RejectReason.WRONG_TYPE);
      }
    }
    for (String field : TIMES) {
      for (String value : List.of("1.5", "true", "[]", "{}")) {
        with(field, value, RejectReason.WRONG_TYPE);
      }
    }
    for (String value : List.of("\"x\"", "1", "true", "[]")) {
      with("campaign", value, RejectReason.WRONG_TYPE);
      with("consent", value, RejectReason.WRONG_TYPE);
      with("properties", value, RejectReason.WRONG_TYPE);
    }
    for (String value : List.of("\"x\"", "1", "true", "{}", "[1]", "[\"p\"]", "[[]]", "[null]")) {
      with("products", value, RejectReason.WRONG_TYPE);
    }
    for (String value : List.of("\"1\"", "1.5", "true", "[]", "{}")) {
      with("schema_version", value, RejectReason.WRONG_TYPE);
    }
    with("consent", "{\"analytics\":\"yes\"}", RejectReason.WRONG_TYPE);
    with("consent", "{\"marketing\":1}", RejectReason.WRONG_TYPE);
    with("campaign", "{\"source\":{}}", RejectReason.WRONG_TYPE);
    with("properties", "{\"a\":{}}", RejectReason.WRONG_TYPE);
    with("properties", "{\"a\":[1]}", RejectReason.WRONG_TYPE);
  }

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
        with(field, "\"" + text + "\"", RejectReason.BAD_TIME);
      }
      with(field, "9223372036854775808", RejectReason.BAD_TIME);
      with(field, "-9223372036854775808", RejectReason.BAD_TIME);
      with(field, "9".repeat(10_000), RejectReason.BAD_TIME);
    }
    for (String field : List.of("sent_at", "received_at")) {
      with(field, "9223372036854775807", RejectReason.BAD_TIME);
      with(field, "-9223372036854775807", RejectReason.BAD_TIME);
      with(field, "253402300800000", RejectReason.BAD_TIME);
      with(field, "253402300799999", null);
      with(field, "-62167219200001", RejectReason.BAD_TIME);
      with(field, "-62167219200000", null);
    }
    with("schema_version", "9".repeat(10_000), RejectReason.BAD_VALUE);
    with("event_time", "-1", RejectReason.TIME_TOO_OLD);
    with("event_time", "0", RejectReason.TIME_TOO_OLD);
    with("event_time", "1772366340", RejectReason.TIME_TOO_OLD);
    with("event_time", "-9223372036854775807", RejectReason.TIME_TOO_OLD);
    with("event_time", "\"0000-01-01T00:00:00Z\"", RejectReason.TIME_TOO_OLD);
    with("event_time", at(Duration.ofDays(-31)), RejectReason.TIME_TOO_OLD);
    with("event_time", at(Duration.ofHours(1)), RejectReason.TIME_IN_FUTURE);
    with("event_time", "\"2099-01-01T00:00:00Z\"", RejectReason.TIME_IN_FUTURE);
    with("event_time", "\"9999-12-31T23:59:59Z\"", RejectReason.TIME_IN_FUTURE);
    with("event_time", "9223372036854775807", RejectReason.TIME_IN_FUTURE);
  }

  private void edgesOfTime() {
    with("event_time", at(Duration.ofDays(-30)), null);
    with("event_time", at(Duration.ofMinutes(5)), null);
  }

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
      with("value", price, RejectReason.BAD_VALUE);
      with("products", "[{\"product_id\":\"p\",\"price\":" + price + "}]", RejectReason.BAD_VALUE);
    }
    with("value", "1e999999999", RejectReason.BAD_VALUE);
    with("value", "1e-999999999", RejectReason.BAD_VALUE);
    with("value", "9".repeat(10_000), RejectReason.BAD_VALUE);
    with("value", "0", null);
    with("value", "99999999999999.9999", null);
    for (String quantity : List.of("0", "-1", "2147483648", "9223372036854775807")) {
      with(
          "products",
          "[{\"product_id\":\"p\",\"quantity\":" + quantity + "}]",
          RejectReason.BAD_VALUE);
    }
    with("products", "[{\"product_id\":\"p\",\"quantity\":1.5}]", RejectReason.WRONG_TYPE);
    with(
        "products",
        "[{\"product_id\":\"p\",\"quantity\":2147483647,\"price\":99999999999999}]",
        null);
    with("schema_version", "-1", RejectReason.BAD_VALUE);
    with("schema_version", "2147483648", RejectReason.BAD_VALUE);
    with("unknown_number", "9".repeat(10_000), null);
    with("unknown_number", "-1e400", null);
  }

  private void structures() {
    with(
        "products",
        "[" + "{\"product_id\":\"p\"},".repeat(200) + "{\"product_id\":\"p\"}]",
        RejectReason.TOO_MANY);
    with("products", "[{}]", RejectReason.MISSING_FIELD);
    with("products", "[{\"product_id\":null}]", RejectReason.MISSING_FIELD);
    with("products", "[{\"product_id\":\"\"}]", RejectReason.MISSING_FIELD);
    with("products", "[{\"product_id\":\"p\",\"product_id\":\"q\"}]", RejectReason.DUPLICATE_KEY);
    with("products", "[{\"product_id\":\"" + "x".repeat(129) + "\"}]", RejectReason.TOO_LONG);
    var many = new StringBuilder("{");
    for (int i = 0; i < 26; i++) {
      many.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":1");
    }
    with("properties", many.append('}').toString(), RejectReason.TOO_MANY);
    with("properties", "{\"a\":1,\"a\":2}", RejectReason.DUPLICATE_KEY);
    for (String field : TEXTS.keySet()) {
      with(
          "x\":1,\"" + field + "\":\"poison-a\",\"" + field,
          "\"poison-b\"",
          RejectReason.DUPLICATE_KEY);
    }
    with("unknown\":1,\"unknown", "2", RejectReason.DUPLICATE_KEY);
    with("unknown", "{\"deep\":" + "[".repeat(40) + "]".repeat(40) + "}", null);
    with("__proto__", "{\"admin\":true}", null);
    with("\\u0000", "\"\\u0000\"", null);
    with("", "\"\"", null);
  }
}
