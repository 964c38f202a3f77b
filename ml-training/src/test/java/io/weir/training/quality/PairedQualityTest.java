package io.weir.training.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.training.quality.PairedQuality.Verdict;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PairedQualityTest {
  private static final Offset<Double> EXACT = within(1e-12);

  @Test
  void differenceOfLogLoss_isTheMean_withNormalInterval() {
    boolean[] outcomes = {true, true, false, false};
    double[] first = {0.5, 0.5, 0.5, 0.5};
    double[] other = {0.8, 0.4, 0.2, 0.6};

    PairedQuality quality = PairedQuality.of(first, other, outcomes);

    double half = Math.log(0.5);
    double[] each = {
      half - Math.log(0.8), half - Math.log(0.4), half - Math.log(0.8), half - Math.log(0.4)
    };
    double mean = Arrays.stream(each).average().orElseThrow();
    double variance = Arrays.stream(each).map(x -> (x - mean) * (x - mean)).sum() / 3;
    assertThat(quality.logLoss().value()).isCloseTo(mean, EXACT);
    assertThat(quality.otherLogLoss() - quality.firstLogLoss()).isCloseTo(mean, EXACT);
    assertThat(quality.logLoss().high())
        .isCloseTo(mean + 1.959964 * Math.sqrt(variance / 4), EXACT);
    assertThat(quality.logLoss().low()).isCloseTo(mean - 1.959964 * Math.sqrt(variance / 4), EXACT);
  }

  /** Without ties among the positives and others each share is a count of pairs. */
  @Test
  void differenceOfAuc_hasTheIntervalOfDeLong() {
    boolean[] outcomes = {true, true, true, false, false};
    double[] first = {0.9, 0.4, 0.2, 0.4, 0.1};
    double[] other = {0.9, 0.8, 0.7, 0.2, 0.1};

    PairedQuality quality = PairedQuality.of(first, other, outcomes);

    // Positives of the first: right of 2, 1.5 and 1 of 2; others: right of 1.5 and 3 of 3.
    assertThat(quality.firstAuc()).isCloseTo(4.5 / 6, EXACT);
    assertThat(quality.otherAuc()).isCloseTo(1, EXACT);
    // Differences of shares: 0, 1/4, 1/2 with variance 1/16; 1/2 and 0 with variance 1/8.
    double error = Math.sqrt(1 / 16.0 / 3 + 1 / 8.0 / 2);
    assertThat(quality.auc().value()).isCloseTo(0.25, EXACT);
    assertThat(quality.auc().low()).isCloseTo(0.25 - 1.959964 * error, EXACT);
  }

  @Test
  void clearlyBetterModel_hasAVerdict_whicheverSideItIsOn() {
    PairedQuality quality = noisy(2_000, 1);

    assertThat(quality.verdict()).isEqualTo(Verdict.CHALLENGER_BETTER);
    assertThat(quality.logLoss().isBelowZero()).isTrue();
    assertThat(quality.auc().isAboveZero()).isTrue();
  }

  @Test
  void equalModels_showNoDifference() {
    var random = new Random(5);
    var scores = new double[2_000];
    var outcomes = new boolean[scores.length];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = random.nextDouble();
      outcomes[row] = random.nextDouble() < scores[row];
    }

    PairedQuality quality = PairedQuality.of(scores, scores, outcomes);

    assertThat(quality.verdict()).isEqualTo(Verdict.NO_DIFFERENCE);
    assertThat(quality.auc()).isEqualTo(new PairedDifference(0, 0, 0));
  }

  @Test
  void fewSessions_orOneOutcome_haveNoVerdict() {
    assertThat(noisy(999, 2).verdict()).isEqualTo(Verdict.TOO_FEW);
    var one = new boolean[2_000];
    var scores = new double[one.length];
    Arrays.fill(scores, 0.1);
    PairedQuality quality = PairedQuality.of(scores, scores, one);
    assertThat(quality.verdict()).isEqualTo(Verdict.TOO_FEW);
    assertThat(quality.auc().low()).isNaN();
    Arrays.fill(one, 0, 49, true);
    assertThat(PairedQuality.of(scores, scores, one).verdict()).isEqualTo(Verdict.TOO_FEW);
  }

  /** About 95 of a hundred pairs of equally good models have an interval around zero. */
  @Test
  void interval_coversTheTruth_inAbout95OfAHundredSamples() {
    int covered = 0;
    int ranked = 0;
    for (int sample = 0; sample < 200; sample++) {
      var random = new Random(sample);
      var first = new double[1_000];
      var other = new double[first.length];
      var outcomes = new boolean[first.length];
      for (int row = 0; row < first.length; row++) {
        double one = random.nextGaussian();
        double two = random.nextGaussian();
        outcomes[row] = random.nextDouble() < sigmoid(-1 + one + two);
        first[row] = sigmoid(-1 + one);
        other[row] = sigmoid(-1 + two);
      }
      PairedQuality quality = PairedQuality.of(first, other, outcomes);
      covered += quality.logLoss().isAboveZero() || quality.logLoss().isBelowZero() ? 0 : 1;
      ranked += quality.auc().isAboveZero() || quality.auc().isBelowZero() ? 0 : 1;
    }

    assertThat(covered).isBetween(180, 199);
    assertThat(ranked).isBetween(180, 199);
  }

  private static double sigmoid(double logOdds) {
    return 1 / (1 + Math.exp(-logOdds));
  }

  /** The first model knows less of the truth than the other one. */
  private static PairedQuality noisy(int rows, int seed) {
    var random = new Random(seed);
    var first = new double[rows];
    var other = new double[rows];
    var outcomes = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      double truth = random.nextGaussian();
      outcomes[row] = random.nextDouble() < sigmoid(2 * truth);
      other[row] = sigmoid(2 * truth);
      first[row] = sigmoid(truth + random.nextGaussian());
    }
    return PairedQuality.of(first, other, outcomes);
  }
}
