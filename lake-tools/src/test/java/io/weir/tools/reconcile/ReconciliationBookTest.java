package io.weir.tools.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.GoldKey.Grain;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReconciliationBookTest {
  private static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");

  private static String subject(Instant sessionsFrom, Instant eventsFrom, BucketRange wanted) {
    var kept = new SubjectRanges(sessionsFrom, eventsFrom, Duration.ofDays(30));
    return ReconciliationBook.subject(
        kept.of(Map.of(Grain.DAY, wanted, Grain.QUARTER, wanted)).keySet());
  }

  @Test
  void subject_namesWhatSilverCannotAnswer() {
    var week = new BucketRange(DAY, DAY.plus(Duration.ofDays(7)));

    assertThat(subject(Instant.EPOCH, Instant.EPOCH, week)).isEqualTo("all");
    assertThat(subject(DAY, Instant.EPOCH, week)).isEqualTo("all but visitors");
    assertThat(subject(DAY, DAY, BucketRange.ALL)).isEqualTo("all but visitors");
    assertThat(subject(DAY, DAY, week)).isEqualTo("all but events, products, visitors");
  }
}
