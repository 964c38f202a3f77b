package io.weir.stream.session.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.stream.session.Events;
import io.weir.stream.session.bytes.Utf8;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageNameTest {
  private static String page(String path) {
    EnrichedEvent event = Events.pageView("a", Events.T0);
    event.setUrlDomain("shop.example");
    event.setUrlPath(path);
    return Objects.requireNonNull(PageName.of(event));
  }

  @Test
  void nameOf2048Bytes_isKeptWhole() {
    String path = "/" + "x".repeat(PageName.MOST_BYTES - "shop.example/".length());

    assertThat(page(path)).isEqualTo("shop.example" + path);
  }

  /** The characters take one, two, three and four bytes. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "漢", "𠜎"})
  void longerName_isCutBetweenCharacters(String character) {
    String cut = page("/" + character.repeat(3_000));

    assertThat(cut.getBytes(UTF_8).length).isBetween(PageName.MOST_BYTES - 3, PageName.MOST_BYTES);
    assertThat(new String(cut.getBytes(UTF_8), UTF_8)).isEqualTo(cut);
  }

  @Test
  void longNamesThatDifferAtTheirEnds_stayTwoPages() {
    String path = "/" + "漢".repeat(5_000);

    assertThat(page(path + "a")).isNotEqualTo(page(path + "b"));
    assertThat(page(path + "a")).isEqualTo(page(path + "a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "é漢𠜎", "\uD83D\uDE00x"})
  void encodedLength_isThatOfTheEncoder(String text) {
    assertThat(Utf8.length(text)).isEqualTo(text.getBytes(UTF_8).length);
  }
}
