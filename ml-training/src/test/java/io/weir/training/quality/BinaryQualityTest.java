package io.weir.training.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BinaryQualityTest {
  private static final Offset<Double> EXACT = within(1e-12);

  @Test
  void auc_countsTiesHalf() {
    // Positives 0.8 and 0.5 against 0.5 and 0.2: 1 + 1 + 0.5 + 1 of 4 pairs.
    BinaryQuality quality =
        BinaryQuality.of(
            new double[] {0.5, 0.8, 0.2, 0.5}, new boolean[] {false, true, false, true}, 0.5);

    assertThat(quality.auc()).isCloseTo(3.5 / 4, EXACT);
  }

  @Test
  void averagePrecision_isTheMeanPrecisionOfThePositives() {
    // From above: yes (1 of 1), no, yes (2 of 3), no.
    BinaryQuality quality =
        BinaryQuality.of(
            new double[] {0.9, 0.7, 0.5, 0.1}, new boolean[] {true, false, true, false}, 0.5);

    assertThat(quality.prAuc()).isCloseTo((1 + 2 / 3.0) / 2, EXACT);
  }

  @Test
  void manyEqualScores_areNoOverflow() {
    var scores = new double[200_000];
    var outcomes = new boolean[scores.length];
    Arrays.fill(outcomes, 0, 150_000, true);

    assertThat(BinaryQuality.of(scores, outcomes, 0.75).auc()).isCloseTo(0.5, EXACT);
  }

  @Test
  void groupsOfEqualScores_doNotKnowTheOrderOfRows() {
    var scores = new double[1_000];
    var outcomes = new boolean[scores.length];
    Arrays.fill(outcomes, 900, 1_000, true);

    BinaryQuality quality = BinaryQuality.of(scores, outcomes, 0.1);

    assertThat(quality.groups()).isNotEmpty();
    assertThat(quality.groups()).allSatisfy(group -> assertThat(group.lift()).isCloseTo(1, EXACT));
  }

  @Test
  void constantScore_hasTheBaseRateAsPrecision() {
    BinaryQuality quality =
        BinaryQuality.of(
            new double[] {0.3, 0.3, 0.3, 0.3}, new boolean[] {true, false, false, false}, 0.3);

    assertThat(quality.auc()).isCloseTo(0.5, EXACT);
    assertThat(quality.prAuc()).isCloseTo(0.25, EXACT);
    assertThat(quality.logLoss()).isCloseTo(quality.constantLogLoss(), EXACT);
  }

  @Test
  void logLoss_isTheMeanSurprise() {
    BinaryQuality quality =
        BinaryQuality.of(new double[] {0.8, 0.4}, new boolean[] {true, false}, 0.5);

    assertThat(quality.logLoss()).isCloseTo(-(Math.log(0.8) + Math.log(0.6)) / 2, EXACT);
    assertThat(quality.constantLogLoss()).isCloseTo(Math.log(2), EXACT);
  }

  @Test
  void groups_tellLiftAndCalibration() {
    // Ten rows in each of ten groups; the group g has probability g/10 and g/10 + 0.1 positives.
    var probabilities = new double[100];
    var outcomes = new boolean[100];
    for (int row = 0; row < 100; row++) {
      int group = row / 10;
      probabilities[row] = group / 10.0;
      outcomes[row] = row % 10 < group + 1;
    }

    BinaryQuality quality = BinaryQuality.of(probabilities, outcomes, 0.5);

    assertThat(quality.calibrationError()).isCloseTo(0.1, EXACT);
    assertThat(quality.groups()).hasSize(10);
    assertThat(quality.groups().getLast().rate()).isCloseTo(1, EXACT);
    assertThat(quality.groups().getLast().lift()).isCloseTo(1 / 0.55, EXACT);
    assertThat(quality.groups().getLast().captured()).isCloseTo(10 / 55.0, EXACT);
    assertThat(quality.groups().getFirst().captured()).isCloseTo(1, EXACT);
  }
}
