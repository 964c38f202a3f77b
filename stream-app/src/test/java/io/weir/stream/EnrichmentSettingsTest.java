package io.weir.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.stream.enrich.Enrichments;
import io.weir.stream.enrich.IpMode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnrichmentSettingsTest {
  private static EnrichmentSettings from(Map<String, String> environment) {
    return EnrichmentSettings.from(Settings.of(environment));
  }

  @Test
  void defaults_areAllOfThemWithoutPlacesAndTruncatedAddresses() {
    EnrichmentSettings settings = from(Map.of());

    assertThat(settings.rules().names()).isEqualTo(Enrichments.names());
    assertThat(settings.rules().ipMode()).isEqualTo(IpMode.TRUNCATE);
    assertThat(settings.rules().pseudonymKey()).isEmpty();
    assertThat(settings.geoFile()).isEmpty();
  }

  @Test
  void everySetting_isRead() {
    EnrichmentSettings settings =
        from(
            Map.of(
                "WEIR_STREAM_ENRICHMENTS", "url, geo",
                "WEIR_STREAM_OWN_DOMAINS", "Shop.example, shop.test",
                "WEIR_STREAM_IP_ANONYMISATION", "drop",
                "WEIR_STREAM_PSEUDONYM_KEY", "0123456789abcdef",
                "WEIR_STREAM_GEO_FILE", "/data/city.mmdb"));

    assertThat(settings.rules().names()).containsExactly("url", "geo");
    assertThat(settings.rules().ownDomains()).containsExactly("shop.example", "shop.test");
    assertThat(settings.rules().ipMode()).isEqualTo(IpMode.DROP);
    assertThat(settings.rules().pseudonymKey()).contains("0123456789abcdef");
    assertThat(settings.geoFile()).contains("/data/city.mmdb");
  }

  @Test
  void none_switchesAllOff() {
    assertThat(from(Map.of("WEIR_STREAM_ENRICHMENTS", "none")).rules().names()).isEmpty();
  }

  @Test
  void unknownName_namesTheSetting() {
    assertThatThrownBy(() -> from(Map.of("WEIR_STREAM_ENRICHMENTS", "url,goe")))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("WEIR_STREAM_ENRICHMENTS: ")
        .hasMessageContaining("goe")
        .hasMessageContaining("client-hints");
  }

  @Test
  void unknownMode_namesTheChoices() {
    assertThatThrownBy(() -> from(Map.of("WEIR_STREAM_IP_ANONYMISATION", "hash")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_STREAM_IP_ANONYMISATION=hash")
        .hasMessageContaining("truncate");
  }

  @Test
  void shortKey_namesTheSettingAndNotTheKey() {
    assertThatThrownBy(() -> from(Map.of("WEIR_STREAM_PSEUDONYM_KEY", "hunter2")))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("WEIR_STREAM_PSEUDONYM_KEY: ")
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void pseudonymAddressesWithoutKey_nameTheKey() {
    assertThatThrownBy(() -> from(Map.of("WEIR_STREAM_IP_ANONYMISATION", "pseudonym")))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("WEIR_STREAM_PSEUDONYM_KEY: ");
  }
}
