package io.weir.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.benchmarks.load.ClickTraffic.Arrival;
import io.weir.benchmarks.load.ClickTraffic.Kind;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TopicTruthTest {
  private static final long GAP = 1_800_000;

  private final TopicTruth truth = new TopicTruth(2);
  private final Shopper first = new Shopper(0, 0, new SplittableRandom(1));
  private final Shopper second = new Shopper(1, 0, new SplittableRandom(1));

  private void take(Kind kind, Shopper shopper, long time, long cents) {
    truth.take(new Arrival(time, 0, kind, shopper, time, cents, new byte[10]));
  }

  @Test
  void gapOfExactlyThirtyMinutes_isOneSession() {
    take(Kind.VALID, first, 0, 0);
    take(Kind.VALID, first, GAP, 0);

    assertThat(truth.figures()).containsEntry("sessions", "1");
  }

  @Test
  void longerGap_beginsAnotherSession() {
    take(Kind.VALID, first, 0, 0);
    take(Kind.VALID, first, GAP + 1, 0);
    take(Kind.VALID, second, 5, 0);

    assertThat(truth.figures()).containsEntry("sessions", "3");
  }

  @Test
  void lateClick_joinsTheSessionsAroundIt() {
    take(Kind.VALID, first, 0, 0);
    take(Kind.VALID, first, GAP + 1, 0);
    take(Kind.LATE, first, 10, 0);

    assertThat(truth.figures())
        .containsEntry("sessions", "1")
        .containsEntry("late", "1")
        .containsEntry("valid_distinct", "3");
  }

  @Test
  void malformedAndRepeated_countForNothingElse() {
    take(Kind.VALID, first, 0, 500);
    take(Kind.REPEATED, first, 0, 500);
    take(Kind.MALFORMED, first, 10 * GAP, 0);

    assertThat(truth.figures())
        .containsEntry("events", "3")
        .containsEntry("valid_distinct", "1")
        .containsEntry("duplicates", "1")
        .containsEntry("malformed", "1")
        .containsEntry("sessions", "1")
        .containsEntry("revenue_cents", "500")
        .containsEntry("avg_bytes", "10");
  }
}
