package io.weir.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.http.access.Access.Mode;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OidcSettingsTest {
  private static final Map<String, String> LEAST =
      Map.of(
          "WEIR_HTTP_OIDC_ISSUER", "https://login.example.com/weir",
          "WEIR_HTTP_OIDC_AUDIENCE", "weir");

  private static Optional<OidcSettings> settings(String... more) {
    var all = new HashMap<>(LEAST);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return OidcSettings.from(Settings.of(all));
  }

  @Test
  void issuerAndAudience_areEnough_andCloseTheService() {
    OidcSettings settings = settings().orElseThrow();

    assertThat(settings.algorithms()).containsExactlyInAnyOrder("RS256", "ES256");
    assertThat(settings.skew()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.page()).isEmpty();
    assertThat(Access.from(Settings.of(LEAST), "stream", "0.0.0.0").mode()).isEqualTo(Mode.CLOSED);
  }

  @Test
  void noIssuer_noTokens() {
    assertThat(OidcSettings.from(Settings.of(Map.of("WEIR_HTTP_RATE", "1")))).isEmpty();
    assertThatThrownBy(
            () -> OidcSettings.from(Settings.of(Map.of("WEIR_HTTP_OIDC_AUDIENCE", "weir"))))
        .isInstanceOf(StartupException.class)
        .hasMessage("WEIR_HTTP_OIDC_AUDIENCE says nothing without WEIR_HTTP_OIDC_ISSUER");
  }

  @Test
  void openService_takesNoTokens() {
    var all = new HashMap<>(LEAST);
    all.put("WEIR_HTTP_OPEN", "true");

    assertThatThrownBy(() -> Access.from(Settings.of(all), "stream", "127.0.0.1"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_HTTP_OIDC_ISSUER asks for tokens");
  }

  private static PageClient page(String redirect) {
    return settings(
            "WEIR_HTTP_OIDC_CLIENT_ID", "weir-page",
            "WEIR_HTTP_OIDC_CLIENT_SECRET", "page-secret",
            "WEIR_HTTP_OIDC_REDIRECT_URL", redirect)
        .orElseThrow()
        .page()
        .orElseThrow();
  }

  @Test
  void page_keepsItsSecret() {
    assertThat(page("https://weir.example.com/sign-in/callback").toString())
        .doesNotContain("page-secret");
  }

  @ParameterizedTest
  @CsvSource({
    "https://weir.example.com/sign-in/callback, true",
    "HTTPS://weir.example.com/sign-in/callback, true",
    "http://127.0.0.1:8180/sign-in/callback, false",
  })
  void page_isSecureByTls_howeverItIsWritten(String redirect, boolean isSecure) {
    assertThat(page(redirect).isSecure()).isEqualTo(isSecure);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "WEIR_HTTP_OIDC_ISSUER | http://login.example.com | is not an address",
        "WEIR_HTTP_OIDC_ISSUER | http://127.0.0.1.evil.example | is not an address",
        "WEIR_HTTP_OIDC_ISSUER | http://192.0.2.1 | is not an address",
        "WEIR_HTTP_OIDC_ISSUER | https://a@login.example.com | is not an address",
        "WEIR_HTTP_OIDC_ISSUER | login.example.com | is not an address",
        "WEIR_HTTP_OIDC_AUDIENCE | '' | is not set",
        "WEIR_HTTP_OIDC_AUDIENCE | , | names nothing",
        "WEIR_HTTP_OIDC_KEYS_URL | http://login.example.com/keys | is not an address",
        "WEIR_HTTP_OIDC_ALGORITHMS | RS256,none | none is none of",
        "WEIR_HTTP_OIDC_ALGORITHMS | HS256 | HS256 is none of",
        "WEIR_HTTP_OIDC_CLOCK_SKEW | 6m | must be from 0s to 5m",
        "WEIR_HTTP_OIDC_ROLES | a=instance | a=instance is not WORD=ROLE",
        "WEIR_HTTP_OIDC_ROLES | reader | reader is not WORD=ROLE",
        "WEIR_HTTP_OIDC_ROLES | a=reader,a=operator | a is there twice",
        "WEIR_HTTP_OIDC_CLIENT_ID | a | one of them is missing",
        "WEIR_HTTP_OIDC_CLIENT_SECRET | a | one of them is missing",
        "WEIR_HTTP_OIDC_REDIRECT_URL | https://a/sign-in/callback | one of them is missing",
      })
  void mistakes_endTheStart(String name, String value, String complaint) {
    assertThatThrownBy(() -> settings(name, value))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(complaint);
  }
}
