package io.weir.stream.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.EnrichedEvent;
import org.junit.jupiter.api.Test;

class CampaignParametersTest {
  private static EnrichedEvent enriched(String query) {
    EnrichedEvent event = Clicks.withUrl("https://shop.example/?" + query);
    new CampaignParameters().enrich(event);
    return event;
  }

  @Test
  void utmParameters_areDecoded() {
    EnrichedEvent event =
        enriched(
            "utm_source=news&utm_medium=email&utm_campaign=Black+Friday%21"
                + "&utm_term=caf%C3%A9&utm_content=top");

    assertThat(event.getCampaignSource()).isEqualTo("news");
    assertThat(event.getCampaignMedium()).isEqualTo("email");
    assertThat(event.getCampaignName()).isEqualTo("Black Friday!");
    assertThat(event.getCampaignTerm()).isEqualTo("café");
    assertThat(event.getCampaignContent()).isEqualTo("top");
  }

  @Test
  void campaignOfTheEvent_winsOverTheUrl() {
    EnrichedEvent event = Clicks.withUrl("https://shop.example/?utm_source=url&gclid=g1");
    event.setCampaignSource("own");

    new CampaignParameters().enrich(event);

    assertThat(event.getCampaignSource()).isEqualTo("own");
    assertThat(event.getCampaignMedium()).isNull();
    assertThat(event.getCampaignClickId()).isEqualTo("g1");
  }

  @Test
  void paidClickId_namesItsSource() {
    EnrichedEvent event = enriched("gclid=Cj0K");

    assertThat(event.getCampaignClickId()).isEqualTo("Cj0K");
    assertThat(event.getCampaignSource()).isEqualTo("google");
    assertThat(event.getCampaignMedium()).isEqualTo("cpc");
  }

  @Test
  void paidClickIdBesideUtm_leavesTheNamesToThem() {
    EnrichedEvent event = enriched("gclid=Cj0K&utm_source=spring");

    assertThat(event.getCampaignSource()).isEqualTo("spring");
    assertThat(event.getCampaignMedium()).isNull();
  }

  @Test
  void clickIdOfAnyClick_namesNoSource() {
    EnrichedEvent event = enriched("fbclid=IwAR");

    assertThat(event.getCampaignClickId()).isEqualTo("IwAR");
    assertThat(event.getCampaignSource()).isNull();
  }

  @Test
  void strayPercentSign_isKeptAsSent() {
    assertThat(enriched("utm_campaign=100%&utm_source=a").getCampaignName()).isEqualTo("100%");
  }

  @Test
  void emptyAndForeignParameters_addNothing() {
    assertThat(
            new CampaignParameters()
                .enrich(Clicks.withUrl("https://a.example/?utm_source=&x=1&=&utm_")))
        .isFalse();
  }

  @Test
  void endlessValue_isCut() {
    String name = enriched("utm_campaign=" + "%C3%A9".repeat(1_000)).getCampaignName();

    assertThat(name).hasSizeLessThanOrEqualTo(255).startsWith("éé");
  }

  /** Time that grows with the square of the parameters would be sixteen times as long, not four. */
  @Test
  void thousandsOfParametersWithoutValue_costTimeInProportion() {
    EnrichedEvent few = Clicks.withUrl("https://a.example/?" + "a&".repeat(20_000));
    EnrichedEvent many = Clicks.withUrl("https://a.example/?" + "a&".repeat(80_000));
    var parameters = new CampaignParameters();

    assertThat(Stopwatch.fastestMicros(() -> parameters.enrich(many)))
        .isLessThan(8 * Stopwatch.fastestMicros(() -> parameters.enrich(few)));
  }
}
