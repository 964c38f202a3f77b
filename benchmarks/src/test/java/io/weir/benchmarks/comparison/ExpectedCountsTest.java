package io.weir.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectedCountsTest {
  private static final Map<String, String> TRUTH =
      Map.of(
          "topic", "clicks",
          "events", "2000",
          "sentinels", "4",
          "sessions", "200",
          "valid_distinct", "1970",
          "revenue_cents", "99",
          "duplicates", "20",
          "malformed", "10");

  @Test
  void eventsThatCloseSessions_areRowsOfTheLake() {
    assertThat(FullComparison.expected(TRUTH))
        .containsEntry("bronze_rows", 2_004L)
        .containsEntry("events_rows", 1_974L)
        .containsEntry("valid_distinct", 1_970L);
  }

  @Test
  void numberTheLoaderDoesNotSay_isNamed() {
    assertThatThrownBy(() -> FullComparison.expected(Map.of("events", "1")))
        .hasMessageContaining("the loader does not say sentinels");
  }
}
