package io.weir.stream.query.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.stream.gold.Measure;
import org.junit.jupiter.api.Test;

class SumTest {
  @Test
  void ratio_halfway_isRoundedAsPostgresqlRoundsIt() {
    var rate = new Formula.Ratio(Measure.CONVERTED_SESSIONS, Measure.SESSIONS, 1);
    var sum = new Sum();

    // 0.0078125: gold.sessions_daily says 0.007813.
    sum.add(new PartialSums.Row(0, 0, "", 1, 128, null));

    assertThat(sum.value(rate, null)).isEqualByComparingTo("0.007813");
  }
}
