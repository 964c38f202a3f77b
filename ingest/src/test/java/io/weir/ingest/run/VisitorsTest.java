package io.weir.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisitorsTest {
  @Test
  void differentVisitors_areCountedOnce() {
    var visitors = new Visitors();
    for (int i = 0; i < 200_000; i++) {
      visitors.add("visitor-" + i % 50_000);
    }

    assertThat(visitors.count()).isEqualTo(50_000);
    assertThat(visitors.isMore()).isFalse();
  }

  @Test
  void beyondAMillion_thereAreMore() {
    var visitors = new Visitors();
    for (int i = 0; i < 1_000_010; i++) {
      visitors.add("visitor-" + i);
    }

    assertThat(visitors.count()).isEqualTo(1_000_000);
    assertThat(visitors.isMore()).isTrue();
  }
}
