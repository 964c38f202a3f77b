package io.weir.stream.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.CleanTerm;
import io.weir.contract.avro.EnrichedEvent;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTermTest {
  private static @Nullable String term(String type, String url, Map<String, String> properties) {
    EnrichedEvent event = Clicks.withUrl(url);
    event.setEventType(type);
    event.setProperties(properties);
    new SearchTerm().enrich(event);
    return event.getSearchTerm();
  }

  private static @Nullable String ofQuery(String query) {
    return term("search", "https://shop.example/find?" + query, Map.of());
  }

  private static @Nullable String ofProperty(String property) {
    return term("search", "https://shop.example/find?q=url", Map.of("search_term", property));
  }

  @ParameterizedTest
  @CsvSource({
    "q=Red+Shoes, red shoes",
    "q=Red%20%20%09Shoes%0A, red shoes",
    "s=a, a",
    "search=a, a",
    "query=a, a",
    "keyword=a, a",
    "keyword=5&query=4&search=3&s=2&q=1, 1",
    "keyword=5&query=4&search=3, 3",
    "q=first&q=second, first",
    "q=&q=second, second",
    "q=+%20&s=hat, hat",
    "q=hat#q=fragment, hat",
    "q=a=b&c, a=b",
    "q=%C3%84%C3%96, äö",
    "q=Ä%C3%96, äö",
    "q=1%262%3D3, 1&2=3",
  })
  void parameterOfTheUrl_isTheTerm(String query, String expected) {
    assertThat(ofQuery(query)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "q",
        "q=",
        "q=&s=+",
        "Q=a",
        "qq=a",
        "keywords=a",
        "q%3Da",
        "a?q=b",
        "&&&",
        "="
      })
  void noParameter_isTheEmptyTerm(String query) {
    assertThat(ofQuery(query)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "q=50%+off, 50% off",
    "q=100%, 100%",
    "q=a%4, a%4",
    "q=%zz%41, %zza",
    "q=%u0041, %u0041",
    "q=%E9t%E9, \uFFFDt\uFFFD",
    "q=%C3, \uFFFD",
    "q=%ED%A0%80x, \uFFFDx",
    "q=a%00b, a b",
    "q=%00, ''",
    "q=%2541, %41",
  })
  void badEscape_staysOrIsReplaced(String query, String expected) {
    assertThat(ofQuery(query)).isEqualTo(expected);
  }

  @Test
  void property_winsOverTheUrl() {
    assertThat(ofProperty("  Red\u00a0 SHOES ")).isEqualTo("red shoes");
    assertThat(ofProperty("50%20off+")).isEqualTo("50%20off+");
    assertThat(ofProperty(" ")).isEqualTo("url");
  }

  @Test
  void hostileProperty_isTextOfUtf8() {
    assertThat(ofProperty("a\0b")).isEqualTo("a b");
    assertThat(ofProperty("x\ud800y")).isEqualTo("x\uFFFDy");
    assertThat(ofProperty("\udc00\ud800")).isEqualTo("\uFFFD\uFFFD");
    assertThat(ofProperty("\ud83d\udc5f shoe")).isEqualTo("\ud83d\udc5f shoe");
  }

  @ParameterizedTest
  @CsvSource({
    "q=Anna@Example.org, (email)",
    "q=order+of+anna%40example.org+please, order of (email) please",
    "q=anna%2540example.org, (email)",
    "q=mailto:anna@example.org%2Cbob, (email)",
    "q=@weir, @weir",
    "q=5+@+10, 5 @ 10",
    "q=weir@, weir@",
  })
  void addressOfAPerson_isNoTerm(String query, String expected) {
    assertThat(ofQuery(query)).isEqualTo(expected);
  }

  @Test
  void longTerm_isCutAtACharacter() {
    assertThat(ofQuery("q=" + "x".repeat(513))).isEqualTo("x".repeat(512));
    assertThat(ofQuery("q=x" + "%C3%A4".repeat(400))).isEqualTo("x" + "ä".repeat(255));
    assertThat(ofQuery("q=" + "x".repeat(511) + "+y")).isEqualTo("x".repeat(511));
    assertThat(ofProperty("\ud83d\udc5f".repeat(129))).isEqualTo("\ud83d\udc5f".repeat(128));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"q=", "%", "+", "%41", "a@", "q=&", "%F0%9F%91%9F", "\ud83d", " \0", "x+"})
  void megabyte_givesATermThatFits(String part) {
    String term = ofQuery("q=" + part.repeat(1_000_000 / part.length()));

    assertThat(requireNonNull(term).getBytes(UTF_8)).hasSizeLessThanOrEqualTo(CleanTerm.MOST_BYTES);
  }

  /** The term in gold is that of silver: nothing is lost between memory and a record. */
  @Test
  void anyText_survivesARecord() {
    var random = new Random(5);
    AvroSerde<EnrichedEvent> serde = AvroSerde.enrichedEvent();
    for (int i = 0; i < 2_000; i++) {
      var text = new StringBuilder("q=");
      for (int length = random.nextInt(40); length > 0; length--) {
        text.append(
            switch (random.nextInt(4)) {
              case 0 -> '%';
              case 1 -> (char) random.nextInt(0x10000);
              default -> "0123456789abcdefABCDEF+&=q@ ".charAt(random.nextInt(28));
            });
      }
      EnrichedEvent event = Clicks.withUrl("https://shop.example/?" + text);
      event.setEventType("search");
      new SearchTerm().enrich(event);
      String term = event.getSearchTerm();
      // The URL itself may hold half a pair of surrogates.
      event.setUrl(null);
      event.setUrlQuery(null);

      assertThat(requireNonNull(serde.deserialize("", serde.serialize("", event))).getSearchTerm())
          .isNotNull()
          .isEqualTo(term)
          .isEqualTo(term.strip())
          .doesNotContain("\0", "  ", "\n");
    }
  }

  @Test
  void otherEvent_hasNoTerm() {
    assertThat(term("page_view", "https://shop.example/find?q=hat", Map.of("search_term", "hat")))
        .isNull();
  }

  @Test
  void searchWithoutAPage_hasTheEmptyTerm() {
    EnrichedEvent event = Clicks.empty();
    event.setEventType("search");

    assertThat(new SearchTerm().enrich(event)).isFalse();
    assertThat(event.getSearchTerm()).isEmpty();
  }
}
