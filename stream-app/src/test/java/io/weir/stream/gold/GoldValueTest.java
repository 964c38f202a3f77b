package io.weir.stream.gold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldValueTest {

  @Test
  void usualValue_stays() {
    assertThat(GoldValue.of("Zürich | 🛒")).isEqualTo("Zürich | 🛒");
    assertThat(GoldValue.of(null)).isEmpty();
  }

  @Test
  void nulAndHalfPairs_areReplaced() {
    assertThat(GoldValue.of("a\0b\uD83Dc\uDED2🛒")).isEqualTo("a\uFFFDb\uFFFDc\uFFFD🛒");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ü", "€", "🛒", "\uD800"})
  void longValue_isCutToWholeCharacters(String text) {
    String cut = GoldValue.of("x" + text.repeat(600));

    byte[] bytes = cut.getBytes(UTF_8);
    assertThat(bytes.length).isBetween(509, 512);
    assertThat(new String(bytes, UTF_8)).isEqualTo(cut);
  }
}
