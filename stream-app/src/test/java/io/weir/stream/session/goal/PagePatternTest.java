package io.weir.stream.session.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagePatternTest {
  private static boolean matches(String pattern, String page) {
    return PagePattern.parse(pattern).matches(page);
  }

  @ParameterizedTest
  @CsvSource({
    "/checkout, shop.example/checkout, true",
    "/checkout, shop.example/checkout/, false",
    "/checkout, /checkout, true",
    "/checkout, shop.example/my/checkout, false",
    "/blog/*, shop.example/blog/one, true",
    "/blog/*, shop.example/blog/, true",
    "/blog/*, shop.example/blog/one/two, false",
    "/blog/**, shop.example/blog/one/two, true",
    "/blog/*/two, shop.example/blog/one/two, true",
    "/**/thanks, shop.example/de/order/thanks, true",
    "/**/thanks, shop.example/thanks, false",
    "/**thanks, shop.example/thanks, true",
    "/, shop.example/, true",
    "/*, shop.example, false",
    "shop.example/checkout, shop.example/checkout, true",
    "shop.example/checkout, other.example/checkout, false",
    "*.example/checkout, other.example/checkout, true",
    "/***, shop.example/a/b, true",
    "/a.c, shop.example/abc, false",
  })
  void wildcards_standForText(String pattern, String page, boolean isMatched) {
    assertThat(matches(pattern, page)).isEqualTo(isMatched);
  }

  @Test
  void anyPattern_matchesAsTheRegularExpressionDoes() {
    var random = new Random(1);
    int matched = 0;
    for (int i = 0; i < 20_000; i++) {
      String pattern = "x" + text(random, "ab/**", 8);
      String page = "x" + text(random, "ab/", 10);
      String regex = pattern.replace("**", "\0").replace("*", "[^/]*").replace("\0", ".*");
      boolean isMatched = Pattern.matches(regex, page);
      assertThat(matches(pattern, page)).as("%s of %s", pattern, page).isEqualTo(isMatched);
      matched += isMatched ? 1 : 0;
    }
    assertThat(matched).isGreaterThan(500);
  }

  private static String text(Random random, String of, int most) {
    return random
        .ints(random.nextInt(most), 0, of.length())
        .mapToObj(i -> of.substring(i, i + 1))
        .collect(Collectors.joining());
  }

  /** A backtracking matcher would not come to an end. */
  @Test
  void pageMadeToBeSlow_isNot() {
    String pattern = "/" + "**a*".repeat(60) + "b";

    assertThat(matches(pattern, "/" + "a".repeat(2_000) + "c")).isFalse();
    assertThat(matches(pattern, "/" + "a".repeat(2_000) + "b")).isTrue();
  }

  @Test
  void emptyOrLongPattern_isRefused() {
    assertThatThrownBy(() -> PagePattern.parse("")).hasMessageContaining("1 to 256");
    assertThatThrownBy(() -> PagePattern.parse("/".repeat(257))).hasMessageContaining("1 to 256");
  }
}
