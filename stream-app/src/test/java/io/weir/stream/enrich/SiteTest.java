package io.weir.stream.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteTest {
  @ParameterizedTest
  @CsvSource({
    "www.shop.example, shop.example",
    "www.shop.co.uk, shop.co.uk",
    "patient.trust.nhs.uk, trust.nhs.uk",
    "www.school.k12.ca.us, school.k12.ca.us",
    "a.b.c.kawasaki.jp, b.c.kawasaki.jp",
    "a.b.city.kawasaki.jp, city.kawasaki.jp",
    "anna.github.io, anna.github.io",
    "www.anna.github.io, anna.github.io",
    "github.io, github.io",
    "co.uk, co.uk",
    "localhost, localhost",
    "shop.intranet, shop.intranet",
    "10.0.0.1, 10.0.0.1",
    "[2001:db8::1], [2001:db8::1]",
    "www.食狮.公司.cn, 食狮.公司.cn",
    "www.xn--85x722f.xn--55qx5d.cn, xn--85x722f.xn--55qx5d.cn",
    "'', ''",
    "., .",
    ".co.uk, .co.uk",
    "a..co.uk, .co.uk"
  })
  void owner_isWhatStandsBeforeTheSuffix(String host, String owner) {
    assertThat(Site.registrable(host)).isEqualTo(owner);
  }

  @Test
  void registriesSuffix_isNotThatOfACompany() {
    assertThat(Site.suffixStart("anna.github.io")).isEqualTo("anna.github.".length());
    assertThat(Site.suffixStart("trust.nhs.uk")).isEqualTo("trust.".length());
  }
}
