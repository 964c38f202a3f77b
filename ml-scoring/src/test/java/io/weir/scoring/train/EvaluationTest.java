package io.weir.scoring.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EvaluationTest {
  @Test
  void auc_countsPairsInTheRightOrder() {
    float[] scores = {0.1f, 0.4f, 0.35f, 0.8f};
    boolean[] outcomes = {false, false, true, true};

    assertThat(Evaluation.of(scores, outcomes, 0.5).auc()).isEqualTo(0.75);
  }

  @Test
  void auc_countsTiesHalf() {
    float[] scores = {0.5f, 0.5f, 0.5f};
    boolean[] outcomes = {false, true, false};

    assertThat(Evaluation.of(scores, outcomes, 0.5).auc()).isEqualTo(0.5);
  }

  @Test
  void logLoss_isTheMeanNegativeLogLikelihood() {
    float[] scores = {0.25f, 0.5f};
    boolean[] outcomes = {false, true};

    assertThat(Evaluation.of(scores, outcomes, 0.5).logLoss())
        .isCloseTo((-Math.log(0.75) - Math.log(0.5)) / 2, within(1e-9));
  }

  @Test
  void constant_isJudgedOnTheSameRows() {
    float[] scores = {0.5f, 0.5f, 0.5f, 0.5f};
    boolean[] outcomes = {false, true, false, false};

    assertThat(Evaluation.of(scores, outcomes, 0.5).constantLogLoss())
        .isCloseTo(Math.log(2), within(1e-9));
  }

  @Test
  void calibration_groupsByScore() {
    var scores = new float[20];
    var outcomes = new boolean[20];
    for (int row = 0; row < 20; row++) {
      scores[row] = row / 20f;
      outcomes[row] = row == 19;
    }

    Evaluation evaluation = Evaluation.of(scores, outcomes, 0.5);

    assertThat(evaluation.calibration()).hasSize(10);
    assertThat(evaluation.calibration().getLast().rows()).isEqualTo(2);
    assertThat(evaluation.calibration().getLast().meanScore()).isCloseTo(0.925, within(1e-6));
    assertThat(evaluation.calibration().getLast().conversionRate()).isEqualTo(0.5);
    assertThat(evaluation.calibration().getFirst().conversionRate()).isZero();
  }

  @Test
  void marginsAndScores_agreeOnTheLoss() {
    boolean[] outcomes = {true, false};

    assertThat(LogLoss.ofMargins(new float[] {2, -40}, outcomes))
        .isCloseTo(Math.log1p(Math.exp(-2)) / 2, within(1e-6));
  }
}
