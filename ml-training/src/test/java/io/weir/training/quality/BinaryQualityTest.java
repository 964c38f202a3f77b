package io.weir.training.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** On outcomes drawn from the probabilities themselves, the error is that of chance. */
  @ParameterizedTest
  @ValueSource(ints = {900, 3_500, 90_000})
  void trueProbabilities_haveTheErrorOfChance(int rows) {
    var random = new Random(1);
    double sum = 0;
    double expected = 0;
    for (int draw = 0; draw < 20; draw++) {
      var probabilities = new double[rows];
      var outcomes = new boolean[rows];
      for (int row = 0; row < rows; row++) {
        probabilities[row] = 0.3 + 0.5 * random.nextDouble();
        outcomes[row] = random.nextDouble() < probabilities[row];
      }
      BinaryQuality quality = BinaryQuality.of(probabilities, outcomes, 0.5);
      sum += quality.calibrationError();
      expected += quality.calibrationByChance();
    }

    assertThat(sum / expected).isBetween(0.85, 1.15);
    assertThat(expected / 20).isCloseTo(1.2 / Math.sqrt(rows), within(0.05 / Math.sqrt(rows)));
  }

  @Test
  void noRows_haveNoFigures() {
    BinaryQuality quality = BinaryQuality.of(new double[0], new boolean[0], Double.NaN);

    assertThat(quality.rows()).isZero();
    assertThat(quality.auc()).isNaN();
    assertThat(quality.logLoss()).isNaN();
    assertThat(quality.constantLogLoss()).isNaN();
    assertThat(quality.calibrationError()).isNaN();
    assertThat(quality.calibrationByChance()).isNaN();
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
