package io.weir.training.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeatureRowsTest {
  /** Every tenth row is positive; the vector has the number of the row. */
  private static final FeatureRows ROWS = rows(1_000);

  @Test
  void sample_keepsPositiveRows_andTheRate() {
    FeatureRows sample = ROWS.sampled(300, 1);

    assertThat(sample.size()).isEqualTo(400);
    assertThat(sample.positives()).isEqualTo(100);
    assertThat(sample.negativeWeight()).isEqualTo(3);
    assertThat(sample.rate()).isCloseTo(0.1, within(1e-12));
    for (int row = 0; row < sample.size(); row++) {
      assertThat(sample.outcomes()[row]).isEqualTo(sample.vectors()[row][0] % 10 == 0);
    }
    assertThat(numbers(sample)).doesNotHaveDuplicates();
  }

  @Test
  void sample_isDrawnFromAllRowsByTheSeed() {
    double mean =
        IntStream.of(numbers(ROWS.sampled(300, 1)))
            .filter(row -> row % 10 != 0)
            .average()
            .orElse(0);

    assertThat(mean).isCloseTo(500, within(60.0));
    assertThat(numbers(ROWS.sampled(300, 1))).isEqualTo(numbers(ROWS.sampled(300, 1)));
    assertThat(numbers(ROWS.sampled(300, 2))).isNotEqualTo(numbers(ROWS.sampled(300, 1)));
  }

  @Test
  void fewNegativeRows_areAllKept() {
    assertThat(ROWS.sampled(900, 1)).isSameAs(ROWS);
  }

  private static int[] numbers(FeatureRows rows) {
    return java.util.Arrays.stream(rows.vectors()).mapToInt(vector -> (int) vector[0]).toArray();
  }

  private static FeatureRows rows(int count) {
    var vectors = new float[count][];
    var outcomes = new boolean[count];
    for (int row = 0; row < count; row++) {
      vectors[row] = new float[] {row};
      outcomes[row] = row % 10 == 0;
    }
    return new FeatureRows(vectors, outcomes);
  }
}
