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
    "https://blog.example/, other",
    "https://www.shop.co.uk/cart, internal",
    "https://help.shop.co.uk/, internal",
    "https://other.co.uk/, other",
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
}
