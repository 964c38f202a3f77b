package io.weir.testkit.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.contract.RejectReason;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;

/**
 * Inputs that have broken pipelines, each with its one right outcome. Every accepted input belongs
 * to a visitor whose id starts with {@code poison}.
 */
public final class PoisonCorpus {
  public static final Instant APPENDED = Instant.parse("2026-03-01T12:00:00Z");
  private static final int MOST_BYTES = 32 * 1024;

  private final PoisonList list;

  private PoisonCorpus(Instant appended) {
    this.list = new PoisonList(appended);
  }

  /** All inputs, with the outcomes of an append at {@link #APPENDED}. */
  public static List<Poison> all() {
    var corpus = new PoisonCorpus(APPENDED);
    corpus.addAll();
    new PoisonValues(corpus.list).edgesOfTime();
    return corpus.list.all();
  }

  /**
   * The inputs with the outcomes of an append at about that time, without those whose outcome
   * depends on the millisecond.
   */
  public static List<Poison> about(Instant appended) {
    var corpus = new PoisonCorpus(appended);
    corpus.addAll();
    return corpus.list.all();
  }

  private void addAll() {
    documents();
    bytes();
    new PoisonTexts(list).addAll();
    new PoisonValues(list).addAll();
  }

  @SuppressWarnings("checkstyle:MethodLength") // a table
  private void documents() {
    list.add("tombstone", (byte[]) null, RejectReason.EMPTY);
    list.add("empty", "", RejectReason.EMPTY);
    for (String blank : List.of(" ", "\n\n", "\t", "\ufeff")) {
      list.add("blank " + (int) blank.charAt(0), blank, RejectReason.NOT_JSON);
    }
    for (String other : List.of("[]", "[{}]", "1", "-0.5", "true", "null", "\"text\"", "[[[]]]")) {
      list.add("document " + other, other, RejectReason.NOT_AN_OBJECT);
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
      list.add("broken " + broken, broken, RejectReason.NOT_JSON);
    }
    String valid =
        "{\"event_id\":\"e\",\"event_type\":\"x\",\"event_time\":"
            + list.time
            + ",\"user_id\":\"poison\"}";
    for (int end = 1; end < valid.length(); end += 2) {
      list.add("cut at " + end, valid.substring(0, end), RejectReason.NOT_JSON);
    }
    String escaped = valid.replace("\"", "\\\"");
    list.add("double-encoded", "\"" + escaped + "\"", RejectReason.NOT_AN_OBJECT);
    list.add("in an array", "[" + valid + "]", RejectReason.NOT_AN_OBJECT);
    list.add("twice", valid + valid, RejectReason.NOT_JSON);
    list.add("as lines", valid + "\n" + valid, RejectReason.NOT_JSON);
    list.add(
        "32 KiB and one byte",
        valid + " ".repeat(MOST_BYTES + 1 - valid.length()),
        RejectReason.TOO_LARGE);
    list.add("10 MB", "{\"a\":\"" + "x".repeat(10_000_000) + "\"}", RejectReason.TOO_LARGE);
    list.add("depth 100,000", "[".repeat(100_000), RejectReason.TOO_LARGE);
    list.add("object depth 100,000", "{\"a\":".repeat(100_000), RejectReason.TOO_LARGE);
    list.add("array depth 10,000", "[".repeat(10_000), RejectReason.NOT_AN_OBJECT);
    list.add("object depth 5,000", "{\"a\":".repeat(5_000), RejectReason.NOT_JSON);
    list.add(
        "closed depth 51",
        "{\"a\":" + "[".repeat(51) + "]".repeat(51) + "}",
        RejectReason.NOT_JSON);
  }

  @SuppressWarnings("checkstyle:MethodLength") // a table
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
                    + list.time
                    + ",\"user_id\":\"poison\",\""
                    + field
                    + "\":\"")
                .getBytes(UTF_8));
        out.writeBytes(bytes);
        out.writeBytes("\"}".getBytes(UTF_8));
        list.add(
            field + " with invalid UTF-8 " + list.all().size(),
            out.toByteArray(),
            RejectReason.NOT_JSON);
      }
    }
    list.add("zero bytes", new byte[64], RejectReason.NOT_JSON);
    list.add("gzip", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0}, RejectReason.NOT_JSON);
  }
}
