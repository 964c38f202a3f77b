package io.weir.training.click;

import static io.weir.training.click.PlantedImpressions.event;
import static io.weir.training.click.PlantedImpressions.impression;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.feature.VisitorEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClickMatchingTest {
  private static final long LIMIT = ClickMatching.MATCH_MS;

  @Test
  void click_belongsToTheLatestImpressionOfItsAdWithoutOne() {
    assertThat(
            clicked(
                impression("a", 1, 0),
                impression("a", 1, 10),
                impression("b", 1, 20),
                click("a", 30),
                click("a", 40),
                click("a", 50)))
        .containsExactly(true, true, false, false, false, false);
  }

  @Test
  void click_afterTheLimit_matchesNothing() {
    assertThat(clicked(impression("a", 1, 0), click("a", LIMIT))).containsExactly(true, false);
    assertThat(clicked(impression("a", 1, 0), click("a", LIMIT + 1))).containsExactly(false, false);
  }

  @Test
  void click_beforeTheImpression_matchesNothing() {
    assertThat(clicked(click("a", 0), impression("a", 1, 1))).containsExactly(false, false);
  }

  @Test
  void eventsWithoutAnAd_matchNothing() {
    assertThat(clicked(event("ad_impression", null, "1", 0), event("ad_click", null, null, 1)))
        .containsExactly(false, false);
  }

  private static VisitorEvent click(String ad, long time) {
    return event("ad_click", ad, null, time);
  }

  private static boolean[] clicked(VisitorEvent... events) {
    return ClickMatching.clicked(List.of(events));
  }
}
