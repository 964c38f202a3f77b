package io.weir.stream.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.avro.EnrichedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EnricherChainTest {
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> failures = new ArrayList<>();

  private EnrichmentStep step(String name, Enricher enricher) {
    return new EnrichmentStep(
        name, enricher, nanos::get, (failed, e) -> failures.add(failed + ": " + e.getMessage()));
  }

  private static Enricher appending(String text) {
    return event -> {
      event.setPageTitle(event.getPageTitle() + text);
      return true;
    };
  }

  private static Enricher failing(boolean isProtective) {
    return new Enricher() {
      @Override
      public boolean enrich(EnrichedEvent event) {
        throw new IllegalStateException("broken");
      }

      @Override
      public boolean isProtective() {
        return isProtective;
      }
    };
  }

  @Test
  void steps_runInTheirOrder() {
    EnrichedEvent event = Clicks.empty();
    event.setPageTitle("");

    new EnricherChain(List.of(step("a", appending("a")), step("b", appending("b")))).enrich(event);

    assertThat(event.getPageTitle()).isEqualTo("ab");
  }

  @Test
  void failure_isCountedAndTheEventGoesOn() {
    EnrichedEvent event = Clicks.empty();
    event.setPageTitle("");
    var chain =
        new EnricherChain(List.of(step("broken", failing(false)), step("b", appending("b"))));

    chain.enrich(event);

    assertThat(event.getPageTitle()).isEqualTo("b");
    assertThat(chain.steps().getFirst().failed()).isEqualTo(1);
    assertThat(chain.steps().getLast().changed()).isEqualTo(1);
    assertThat(failures).containsExactly("broken: broken");
  }

  @Test
  void failureOfAProtection_stopsTheEvent() {
    var chain = new EnricherChain(List.of(step("consent", failing(true))));

    assertThatThrownBy(() -> chain.enrich(Clicks.empty()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(chain.steps().getFirst().failed()).isEqualTo(1);
  }

  @Test
  void time_isTakenOfOneEventInSixtyFour() {
    EnrichmentStep step = step("slow", _ -> nanos.addAndGet(5) < 0);
    var chain = new EnricherChain(List.of(step));

    LongStream.range(0, 640).forEach(_ -> chain.enrich(Clicks.empty()));

    assertThat(step.samples()).isEqualTo(10);
    assertThat(step.sampledNanos()).isEqualTo(50);
    assertThat(step.changed()).isZero();
  }

  @Test
  void rules_decideWhichRunInWhichOrder() {
    var rules =
        new EnrichmentRules(List.of("products", "url"), List.of(), IpMode.OFF, Optional.empty());

    EnricherChain chain = new Enrichments(rules).chain(nanos::get, (_, _) -> {});

    assertThat(chain.steps()).extracting(EnrichmentStep::name).containsExactly("products", "url");
  }

  @Test
  void standardChain_enrichesAllThereIsToEnrich() {
    EnrichedEvent event = Clicks.empty();
    event.setUrl("https://www.shop.example/p/1?utm_source=news&utm_medium=email");
    event.setUserAgent("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)");
    event.setIpAddress("203.0.113.77");
    event.setCountryHint("de");

    EnricherChain.standard().enrich(event);

    assertThat(event.getUrlDomain()).isEqualTo("www.shop.example");
    assertThat(event.getCampaignSource()).isEqualTo("news");
    assertThat(event.getReferrerClass()).isEqualTo("email");
    assertThat(event.getIsBot()).isTrue();
    assertThat(event.getDevice()).isEqualTo("bot");
    assertThat(event.getCountry()).isEqualTo("DE");
    assertThat(event.getIpAddress()).isEqualTo("203.0.113.0");
  }
}
