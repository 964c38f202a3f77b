package io.weir.stream.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebAddressTest {
  @ParameterizedTest
  @CsvSource({
    "https://Shop.Example/a/b?x=1&y=2#top, shop.example, /a/b, x=1&y=2",
    "https://shop.example, shop.example, /, ",
    "https://shop.example?x=1, shop.example, /, x=1",
    "https://shop.example#a?b, shop.example, /, ",
    "https://shop.example:8443/a, shop.example, /a, ",
    "https://me:secret@shop.example/a, shop.example, /a, ",
    "https://shop.example/@someone, shop.example, /@someone, ",
    "https://shop.example./a, shop.example, /a, ",
    "http://[2001:db8::1]:8080/a, [2001:db8::1], /a, ",
    "//cdn.example/a, cdn.example, /a, ",
    "/login?next=https://shop.example/a, , /login, next=https://shop.example/a",
    "android-app://com.google.android.gm/, com.google.android.gm, /, "
  })
  void parts_areFound(
      String url, @Nullable String domain, @Nullable String path, @Nullable String query) {
    assertThat(WebAddress.of(url)).isEqualTo(new WebAddress(domain, path, query));
  }

  @ParameterizedTest
  @CsvSource({"about:blank", "javascript:void(0)", "shop.example/a", "://", "''", "data:a", "?"})
  void otherText_hasNoParts(String text) {
    assertThat(WebAddress.of(text)).isEqualTo(new WebAddress(null, null, null));
  }

  @Test
  void hostLongerThanTheDomainNameSystemAllows_isNone() {
    String label = "x".repeat(62) + ".";
    String longest = label.repeat(4) + "y";

    assertThat(WebAddress.of("https://" + longest + "/a").domain()).isEqualTo(longest);
    assertThat(WebAddress.of("https://" + longest + "y/a"))
        .isEqualTo(new WebAddress(null, "/a", null));
  }

  @Test
  void hostOfTooManyLabels_isNone() {
    assertThat(WebAddress.of("https://" + "a.".repeat(126) + "b").domain()).hasSize(253);
    assertThat(WebAddress.of("https://" + ".".repeat(127) + "b").domain()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://me:secret@shop.example/a?email=me#me, https://shop.example/a",
    "/a?email=me, /a",
    "https://shop.example, https://shop.example/"
  })
  void bareAddress_namesNobody(String url, String bare) {
    assertThat(WebAddress.bare(url)).isEqualTo(bare);
  }

  @Test
  void bareAddress_ofOtherTextIsNothing() {
    assertThat(WebAddress.bare("mailto:me@home.example")).isNull();
  }
}
