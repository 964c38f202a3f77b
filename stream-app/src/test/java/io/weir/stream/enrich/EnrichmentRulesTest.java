package io.weir.stream.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnrichmentRulesTest {
  private static EnrichmentRules rules(List<String> names, IpMode mode, Optional<String> key) {
    return new EnrichmentRules(names, List.of(), mode, key);
  }

  @Test
  void unknownName_isRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> rules(List.of("url", "geoo"), IpMode.OFF, Optional.empty()))
        .hasMessageContaining("no enrichment geoo")
        .hasMessageContaining("user-agent, bots, url");
  }

  @Test
  void nameTwice_isRefused() {
    assertThatThrownBy(() -> rules(List.of("url", "url"), IpMode.OFF, Optional.empty()))
        .hasMessageContaining("named twice");
  }

  @Test
  void shortKey_isRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> rules(List.of(), IpMode.OFF, Optional.of("hunter2")))
        .hasMessageContaining("16 characters")
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void addressPseudonymsWithoutKey_areRefused() {
    assertThatThrownBy(() -> rules(List.of(), IpMode.PSEUDONYM, Optional.empty()))
        .hasMessageContaining("need the pseudonym key");
  }

  @Test
  void key_isNeverPrinted() {
    EnrichmentRules rules =
        rules(List.of("pseudonyms"), IpMode.OFF, Optional.of("0123456789abcdef"));

    assertThat(rules.toString()).doesNotContain("0123456789abcdef").contains("pseudonyms");
  }
}
