package io.weir.stream.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.EnrichedEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardNamesTest {
  @ParameterizedTest
  @CsvSource({
    "Mobile Safari, Safari",
    "google chrome, Chrome",
    "EDGE, Edge",
    "Samsungbrowser, Samsung Internet",
    "Opera Mini, Opera",
    "Vivaldi, Vivaldi"
  })
  void browser_hasOneName(String name, String expected) {
    assertThat(StandardNames.browser(name)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "Windows NT, Windows",
    "Mac OS X, macOS",
    "Ubuntu, Linux",
    "Google Cloud, ",
    "Tizen, Tizen"
  })
  void system_hasOneName(String name, @Nullable String expected) {
    assertThat(StandardNames.os(name)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "de, DE",
    "Germany, DE",
    "DEU, DE",
    "uk, GB",
    "United States, US",
    "Atlantis, ",
    "x, "
  })
  void country_isTwoLetters(String text, @Nullable String expected) {
    assertThat(StandardNames.country(text)).isEqualTo(expected);
  }

  @Test
  void hints_fillGapsOnly() {
    EnrichedEvent event = Clicks.empty();
    event.setBrowser("Firefox");
    event.setBrowserHint("Chrome");
    event.setDeviceHint("Smartphone");
    event.setOsHint("Mac OS X");
    event.setCountryHint("france");

    new ClientHints().enrich(event);

    assertThat(event.getBrowser()).isEqualTo("Firefox");
    assertThat(event.getDevice()).isEqualTo("mobile");
    assertThat(event.getOs()).isEqualTo("macOS");
    assertThat(event.getCountry()).isEqualTo("FR");
  }
}
