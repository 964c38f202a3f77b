package io.weir.stream.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.EnrichedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivacyTest {
  /** Fields that say nothing about who clicked, or that every event must have. */
  private static final Set<String> KEPT =
      Set.of(
          "event_id",
          "event_type",
          "visitor_id",
          "anonymous_id",
          "app_id",
          "order_id",
          "url",
          "url_domain",
          "url_path",
          "referrer",
          "referrer_domain",
          "referrer_class",
          "browser",
          "os",
          "device",
          "country",
          "browser_hint",
          "os_hint",
          "device_hint",
          "country_hint",
          "currency",
          "ad_id",
          "campaign_source",
          "campaign_medium",
          "campaign_name",
          "campaign_content",
          "search_term");

  private static EnrichedEvent full() {
    EnrichedEvent event = Clicks.empty();
    for (Schema.Field field : EnrichedEvent.getClassSchema().getFields()) {
      Schema.Type type = field.schema().getType();
      boolean isText =
          type == Schema.Type.STRING
              || (type == Schema.Type.UNION
                  && field.schema().getTypes().get(1).getType() == Schema.Type.STRING);
      if (isText) {
        event.put(field.pos(), "personal");
      }
    }
    event.setUrl("https://me:pw@shop.example/cart?email=personal#personal");
    event.setReferrer("https://mail.example/inbox?user=personal");
    event.setProperties(new HashMap<>(Map.of("email", "personal")));
    event.setExtras(new HashMap<>(Map.of("phone", "personal")));
    return event;
  }

  @Test
  void refusedConsent_leavesNoPersonalText() {
    EnrichedEvent event = full();
    event.setConsentAnalytics(false);

    new ConsentFilter(_ -> "stranger").enrich(event);

    assertThat(event.getOrderId()).isEqualTo("stranger");
    for (Schema.Field field : EnrichedEvent.getClassSchema().getFields()) {
      Object value = event.get(field.pos());
      if (value instanceof CharSequence && !KEPT.contains(field.name())) {
        assertThat(value).as(field.name()).isNull();
      }
    }
    assertThat(event.getSearchTerm()).isEmpty();
    assertThat(event.getUrl()).isEqualTo("https://shop.example/cart");
    assertThat(event.getReferrer()).isEqualTo("https://mail.example/inbox");
    assertThat(event.getVisitorId()).isEqualTo("stranger");
    assertThat(event.getProperties()).isEmpty();
    assertThat(event.getExtras()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true", "''"})
  void otherConsent_changesNothing(String consent) {
    EnrichedEvent event = full();
    event.setConsentAnalytics(consent.isEmpty() ? null : Boolean.valueOf(consent));
    EnrichedEvent before = EnrichedEvent.newBuilder(event).build();

    assertThat(new ConsentFilter(_ -> "stranger").enrich(event)).isFalse();
    assertThat(event).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "fe80::1%nosuchcard, fe80:0:0::",
    "203.0.113.77, 203.0.113.0",
    "2001:db8:abcd:12:34::1, 2001:db8:abcd::",
    "2001:db8::1, 2001:db8:0::",
    "::ffff:203.0.113.77, 203.0.113.0",
    "not an address, ",
    "203.0.113, 203.0.0.0"
  })
  void truncatedAddress_pointsToNobody(String address, @Nullable String expected) {
    EnrichedEvent event = Clicks.withAddress(address);

    IpAnonymisation.truncating().enrich(event);

    assertThat(event.getIpAddress()).isEqualTo(expected);
  }

  @Test
  void droppedAddress_isGone() {
    EnrichedEvent event = Clicks.withAddress("203.0.113.77");

    IpAnonymisation.dropping().enrich(event);

    assertThat(event.getIpAddress()).isNull();
  }

  @Test
  void pseudonym_isTheKeyedHashOfTheUser() {
    EnrichedEvent event = Clicks.empty();
    event.setUserId("what do ya want for nothing?");

    new Pseudonyms("Jefe").enrich(event);

    // The second test case of RFC 4231.
    assertThat(event.getUserId())
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    assertThat(event.getVisitorId()).isEqualTo(new Pseudonyms("Jefe").of("visitor"));
    assertThat(event.getAnonymousId()).isNull();
  }

  @Test
  void anonymousId_isReplacedLikeTheVisitorsId() {
    EnrichedEvent event = Clicks.empty();
    event.setAnonymousId("visitor");

    new Pseudonyms("Jefe").enrich(event);

    assertThat(event.getAnonymousId()).isEqualTo(event.getVisitorId()).hasSize(64);
  }

  @ParameterizedTest
  @CsvSource({"a key of sixteen letters", "''"})
  void refusedConsent_givesAnIdThatCannotBeJoined(String key) {
    var rules =
        new EnrichmentRules(
            List.of("pseudonyms", "consent"),
            List.of(),
            IpMode.OFF,
            key.isEmpty() ? Optional.empty() : Optional.of(key));
    var enrichments = new Enrichments(rules);
    EnricherChain chain =
        enrichments.chain(
            () -> 0,
            (_, e) -> {
              throw e;
            });
    EnrichedEvent allowed = Clicks.empty();
    chain.enrich(allowed);
    EnrichedEvent refused = Clicks.empty();
    refused.setConsentAnalytics(false);
    chain.enrich(refused);
    EnrichedEvent refusedAgain = Clicks.empty();
    refusedAgain.setConsentAnalytics(false);
    chain.enrich(refusedAgain);

    assertThat(allowed.getVisitorId()).isEqualTo(enrichments.storedId("visitor"));
    assertThat(refused.getVisitorId())
        .isNotIn("visitor", allowed.getVisitorId())
        .isEqualTo(refusedAgain.getVisitorId());
  }

  /** A reader of the lake who guesses a visitor's id must not find it by hashing the guess. */
  @Test
  void refusedConsent_hidesTheIdByAKeyAlsoWhereNoneIsSet() {
    var rules = new EnrichmentRules(List.of("consent"), List.of(), IpMode.OFF, Optional.empty());
    List<String> ids = new ArrayList<>();
    for (String key : List.of("one key", "one key", "another key")) {
      var enrichments = new Enrichments(rules);
      assertThat(enrichments.needsStrangersKey()).isTrue();
      enrichments.useStrangersKey(key);
      ids.add(enrichments.storedIds("visitor").getLast());
    }
    ids.add(new Enrichments(rules).storedIds("visitor").getLast());
    ids.add(new Enrichments(rules).storedIds("visitor").getLast());

    assertThat(ids.get(0)).isEqualTo(ids.get(1));
    assertThat(ids.subList(1, 5)).doesNotHaveDuplicates();
  }

  @Test
  void addressPseudonym_isTheKeyedHashToo() {
    var pseudonyms = new Pseudonyms("Jefe");
    EnrichedEvent event = Clicks.withAddress("203.0.113.77");

    IpAnonymisation.pseudonymous(pseudonyms).enrich(event);

    assertThat(event.getIpAddress()).isEqualTo(pseudonyms.of("203.0.113.77")).hasSize(64);
  }

  @Test
  void protectiveEnrichments_sayThatTheyAre() {
    List<Enricher> protective =
        List.of(
            new ConsentFilter(_ -> "stranger"), IpAnonymisation.truncating(), new Pseudonyms("k"));

    assertThat(protective).allMatch(Enricher::isProtective);
  }
}
