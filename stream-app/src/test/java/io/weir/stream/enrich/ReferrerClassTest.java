package io.weir.stream.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.EnrichedEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferrerClassTest {
  private final ReferrerClass referrers = new ReferrerClass(List.of("shop-help.example"));

  private String classOf(EnrichedEvent event) {
    referrers.enrich(event);
    return event.getReferrerClass();
  }

  @ParameterizedTest
  @CsvSource({
    "https://www.google.com/, search",
    "https://www.google.co.uk/search?q=a, search",
    "https://google.evil.example/, other",
    "https://notgoogle.com/, other",
    "https://mail.google.com/mail/u/0, email",
    "https://gemini.google.com/, ai",
    "https://m.facebook.com/, social",
    "https://t.co/abc, social",
    "https://webmail3.provider.example/, email",
    "https://mail.provider.co.uk/, email",
    "android-app://com.google.android.gm/, email",
    "https://chatgpt.com/, ai",
    "https://googleads.g.doubleclick.net/pagead, paid",
    "https://websearch.example/, search",
    "http://websearch/, search",
    "https://research.provider.example/, other",
    "https://marketresearch.example/, other",
    "https://searchengineblog.example/, other",
    "https://wmail.provider.example/, email",
    "https://deref-provider.example/, email",
    "https://ads.provider.example/, paid",
    "https://adserver.example/, paid",
    "https://docs.google.com/, other",
    "https://www.google.com.br/, search",
    "https://suche.provider.example/, search",
    "android-app://com.twitter.android/, social",
    "android-app://com.google.android.youtube/, social",
    "android-app://com.google.android.googlequicksearchbox/https/www.google.com, search",
    "android-app://example.someone/, other",
    "https://copilot.microsoft.com/, ai",
    "https://www.perplexity.ai/, ai",
    "https://claude.ai/, ai",
    "https://blog.example/, other",
    "https://www.shop.co.uk/cart, internal",
    "https://help.shop.co.uk/, internal",
    "https://other.co.uk/, other",
    "https://google.github.io/, other",
    "https://www.shop-help.example/, internal",
    "https://10.0.0.1/, other",
    "about:blank, direct"
  })
  void site_hasItsClass(String referrer, String expected) {
    EnrichedEvent event = Clicks.withUrl("https://www.shop.co.uk/p/1");
    event.setReferrer(referrer);

    assertThat(classOf(event)).isEqualTo(expected);
  }

  @Test
  void noReferrer_isDirect() {
    assertThat(classOf(Clicks.withUrl("https://www.shop.co.uk/p/1"))).isEqualTo("direct");
  }

  @ParameterizedTest
  @CsvSource({
    "cpc, paid",
    "PPC, paid",
    "paid_social, paid",
    "email, email",
    "social, social",
    "organic, search",
    "affiliate, search"
  })
  void campaignMedium_countsMoreThanTheSite(String medium, String expected) {
    EnrichedEvent event = Clicks.withUrl("https://www.shop.co.uk/p/1");
    event.setReferrer("https://www.google.com/");
    event.setCampaignMedium(medium);

    assertThat(classOf(event)).isEqualTo(expected);
  }

  @Test
  void numericHostOfAnotherMachine_isNotInternal() {
    EnrichedEvent event = Clicks.withUrl("http://10.0.0.1/p/1");
    event.setReferrer("http://192.168.0.1/");

    assertThat(classOf(event)).isEqualTo("other");
  }

  @ParameterizedTest
  @CsvSource({
    "www.trust.nhs.uk, patient.trust.nhs.uk, internal",
    "www.trust.nhs.uk, www.other.nhs.uk, other",
    "anna.github.io, bert.github.io, other",
    "github.io, bert.github.io, other",
    "anna.github.io, anna.github.io, internal"
  })
  void siteOfAnotherOwner_isNotInternal(String page, String referrer, String expected) {
    EnrichedEvent event = Clicks.withUrl("https://" + page + "/");
    event.setReferrer("https://" + referrer + "/");

    assertThat(classOf(event)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"240, other", "253, other", "254, direct", "9900, direct"})
  void longHost_isAnswered(int length, String expected) {
    String host = "x".repeat(length - ".example.com".length()) + ".example.com";
    EnrichedEvent event = Clicks.withUrl("https://" + "y.".repeat(4_000) + "shop.example/");
    event.setReferrer("https://" + host + "/");

    assertThat(classOf(event)).isEqualTo(expected);
  }

  /** Time that grows with the square of the labels would be sixteen times as long, not four. */
  @Test
  void hostOfThousandsOfLabels_costsTimeInProportion() {
    var sites = new SiteClasses();
    double few = Stopwatch.fastestMicros(() -> sites.of("x.".repeat(5_000) + "shop.example"));
    double many = Stopwatch.fastestMicros(() -> sites.of("x.".repeat(20_000) + "shop.example"));

    System.out.printf("referrer: 5,000 labels %.0f us, 20,000 labels %.0f us%n", few, many);
    assertThat(many).isLessThan(8 * few);
  }

  /** Hosts that strangers send once are not kept: 2,000 hosts of 9,900 characters are 40 MB. */
  @Test
  void longHosts_areNotRemembered() {
    for (int i = 0; i < 2_000; i++) {
      EnrichedEvent event = Clicks.withUrl("https://www.shop.co.uk/");
      event.setReferrer("https://h" + i + "." + "x".repeat(9_900) + ".example/");
      referrers.enrich(event);
    }

    assertThat(referrers.rememberedBytes()).isLessThan(10_000);
  }
}
