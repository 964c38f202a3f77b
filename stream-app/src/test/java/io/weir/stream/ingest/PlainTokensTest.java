package io.weir.stream.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.hostile.Poison;
import io.weir.testkit.hostile.PoisonCorpus;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jackson accepts every document that the scanner accepts, and both read the same event. */
class PlainTokensTest {
  private static final int MUTANTS = 40_000;

  private static final String PURCHASE =
      """
      {"event_id":"e-1","event_type":"purchase","event_time":"2026-03-01T11:59:00.123Z","sent_at":1772366398000,\
      "anonymous_id":"a","user_id":"u","schema_version":3,"url":"https://x/y?utm_source=n","products":[{"product_id":"p",\
      "price":19.99,"quantity":2},{"product_id":"q","position":0,"unknown":[{"x":{}}]}],"value":"39.98","currency":"EUR",\
      "campaign":{"source":"s","other":[1.5,-2]},"consent":{"analytics":true,"marketing":false,"x":null},"number":-12.50,\
      "properties":{"a":1,"b":"c","d":true,"e":null,"f":-0},"other":{"x":[1,2.50,{"y":null,"z":"t"}],"empty":{}}}\
      """;

  private static final String SPACED =
      """
      {
        "messageId" : "e-1", "event_id": "e-2",
        "event_type": "page_view",\t"timestamp": 1772366398000 ,
        "userId": "", "anonymousId": "someone", "products": [ ], "properties": { },
        "list": [ true, false , null, "text", -1, 0, 0.0 ]
      }
      """;

  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          ",",
          ":",
          "\\",
          "-",
          ".",
          "e",
          "0",
          "01",
          "-0",
          "1.",
          ".5",
          "1e5",
          "1E-2",
          "+1",
          " ",
          "\n",
          "\u0000",
          "\u001f",
          "\u007f",
          "null",
          "true",
          "nul",
          "ü",
          "/*x*/",
          "123456789012345678",
          "1234567890123456789",
          "2147483648",
          "{}",
          "[]",
          "[[",
          "]]",
          "\"\"",
          "\"event_id\":\"e\",",
          "\"a\":1,",
          "\"extra\":{\"k\":1,\"k\":2},",
          "\"\\u0041\":1,");

  private final EventParser parser = new EventParser();

  static List<Poison> poison() {
    return PoisonCorpus.all();
  }

  private void assertSame(byte[] document) {
    Checked expected = parser.parsed(document, TextReader.of(document));
    assertThat(parser.parse(document)).as(new String(document, UTF_8)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("poison")
  void poison_isReadAsByJackson(Poison poison) {
    byte[] document = poison.value();
    if (document != null && document.length > 0 && document.length <= EventParser.MAX_BYTES) {
      assertSame(document);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {PURCHASE, SPACED, "{}", " { } \n", "{\"a\":[{\"b\":\"c\"}]}"})
  void plainDocument_isScanned(String document) {
    assertThat(parser.scanned(document.getBytes(US_ASCII))).isNotNull();
    assertSame(document.getBytes(US_ASCII));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1e5}", "{\"a\":1234567890123456789}", "{\"a\":01}", "{\"a\":1.}", "{\"a\":-}",
            "{}x",
        "{\"a\":1,}", "{\"a\" 1}", "{\"a\":\"tab\there\"}", "{\"a\":truth}", "[]", "{\"a\":[1 2]}",
        "{\"a\":1]", "{\"a\":\"b}", "{,}", "", "{\"event_id\":1}",
            "{\"user_id\":\"a\",\"user_id\":\"a\"}"
      })
  void unusualDocument_isLeftToJackson(String document) {
    assertThat(parser.scanned(document.getBytes(US_ASCII))).isNull();
  }

  @Test
  void deepDocument_isLeftToJackson() {
    String deep = "{\"a\":" + "[".repeat(30) + "]".repeat(30) + "}";

    assertThat(parser.scanned(deep.getBytes(US_ASCII))).isNull();
    assertSame(deep.getBytes(US_ASCII));
  }

  @Test
  void manyNames_areAllRead() {
    for (int i = 0; i < 1_000; i++) {
      String document = "{\"event_id\":\"e\",\"name" + i + "\":" + i + ",\"app_id\":\"a\"}";
      assertThat(parser.scanned(document.getBytes(US_ASCII))).isNotNull();
      assertSame(document.getBytes(US_ASCII));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void mutatedEvents_areReadAsByJackson(long seed) {
    var random = new Random(seed);
    List<byte[]> valid = List.of(PURCHASE.getBytes(US_ASCII), SPACED.getBytes(US_ASCII));
    int scanned = 0;
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = valid.get(i % valid.size());
      for (int changes = 1 + random.nextInt(3); changes > 0 && mutant.length > 0; changes--) {
        mutant = changed(mutant, random);
      }
      if (mutant.length > 0) {
        assertSame(mutant);
        scanned += parser.scanned(mutant) == null ? 0 : 1;
      }
    }
    assertThat(scanned).isBetween(MUTANTS / 10, MUTANTS - MUTANTS / 10);
  }

  private static byte[] changed(byte[] document, Random random) {
    int at = random.nextInt(document.length);
    int to = Math.min(document.length, at + 1 + random.nextInt(12));
    byte[] piece = PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8);
    return switch (random.nextInt(6)) {
      case 0 -> joined(document, at, new byte[] {(byte) random.nextInt(128)}, at + 1);
      case 1 -> joined(document, at, piece, at);
      case 2 -> joined(document, at, piece, to);
      case 3 -> joined(document, at, new byte[0], to);
      case 4 -> joined(document, at, Arrays.copyOfRange(document, at, to), at);
      default -> random.nextInt(4) > 0 ? document : Arrays.copyOf(document, at);
    };
  }

  private static byte[] joined(byte[] document, int end, byte[] middle, int from) {
    var out = new ByteArrayOutputStream();
    out.write(document, 0, end);
    out.writeBytes(middle);
    out.write(document, from, document.length - from);
    return out.toByteArray();
  }
}
