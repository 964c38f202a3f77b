package io.weir.tools.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OverviewTest {

  @Test
  void countsAll_keepsTheNewest() {
    var overview = new Overview(2);
    overview.add(summary(3, "empty"));
    overview.add(summary(1, "bad_time"));
    overview.add(summary(4, "empty"));
    overview.add(summary(2, "empty"));

    assertThat(overview.total()).isEqualTo(4);
    assertThat(overview.counts()).isEqualTo(Map.of("bad_time", 1L, "empty", 3L));
    assertThat(overview.newest()).containsExactly(summary(4, "empty"), summary(3, "empty"));
  }

  private static RefusedSummary summary(long micros, String reason) {
    return new RefusedSummary(new Origin(micros, "raw", 0, micros), reason, "");
  }
}
