package io.weir.scoring.reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.contract.avro.ScoreReason;
import io.weir.model.feature.ClickRates;
import io.weir.model.feature.Feature;
import io.weir.model.feature.FeatureSchema;
import io.weir.model.feature.FeatureVector;
import io.weir.model.feature.SessionRates;
import io.weir.scoring.model.Contributions;
import io.weir.scoring.model.ModelFormatException;
import io.weir.scoring.model.TreeEnsemble;
import io.weir.scoring.model.TreeNodes;
import io.weir.scoring.registry.LoadedModel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopReasonsTest {
  private static final int DEVICE = FeatureSchema.place(Feature.DEVICE);

  private final FeatureVector vector = new FeatureVector();

  @Test
  void wordsOfOneFeature_areOneReason() throws ModelFormatException {
    vector.set(Feature.DEVICE, "mobile");
    vector.set(Feature.CHECKOUTS, 1);

    // Half of the rows is on each side, so that a stump adds half of its step.
    List<ScoreReason> reasons =
        reasons(5, stump(DEVICE, 2), stump(DEVICE + 1, 3), stump(checkouts(), -2));

    assertThat(reasons).extracting(ScoreReason::getFeature).containsExactly("checkouts", "device");
    assertThat(reasons).extracting(ScoreReason::getValue).containsExactly("1", "mobile");
    assertThat(reasons.getFirst().getContribution()).isCloseTo(2 * -1, within(1e-6));
    assertThat(reasons.getLast().getContribution()).isCloseTo(2 * (-1 + 1.5), within(1e-6));
  }

  @Test
  void mostReasons_areTheLargest() throws ModelFormatException {
    vector.set(Feature.CHECKOUTS, 1);
    vector.set(Feature.DEVICE, "desktop");

    List<ScoreReason> reasons = reasons(1, stump(checkouts(), 1), stump(DEVICE, -9));

    assertThat(reasons).extracting(ScoreReason::getFeature).containsExactly("device");
    assertThat(reasons(0, stump(checkouts(), 1))).isEmpty();
  }

  @Test
  void modelWithoutWeightsOfTrainingRows_hasNoReasons() throws ModelFormatException {
    LoadedModel bare = model(Optional.empty(), TreeEnsemble.of(99, 0.5f, List.of(stump(0, 1))));

    assertThat(TopReasons.of(bare, vector.values(), 5)).isEmpty();
  }

  private static int checkouts() {
    return FeatureSchema.place(Feature.CHECKOUTS);
  }

  /** The reasons with a calibration that doubles the margin. */
  private List<ScoreReason> reasons(int most, TreeNodes... trees) throws ModelFormatException {
    int width = FeatureSchema.current().size();
    TreeEnsemble ensemble = TreeEnsemble.of(width, 0.5f, List.of(trees));
    var contributions = new Contributions(ensemble.contributions().orElseThrow(), 2, 1);
    return TopReasons.of(model(Optional.of(contributions), ensemble), vector.values(), most);
  }

  private static LoadedModel model(Optional<Contributions> contributions, TreeEnsemble ensemble) {
    return new LoadedModel(
        ensemble,
        FeatureSchema.current(),
        ClickRates.NONE,
        SessionRates.NONE,
        contributions,
        "m",
        "1",
        1,
        "",
        Instant.EPOCH,
        Optional.empty());
  }

  /** Below 0.5 the answer is 0, else the step. */
  private static TreeNodes stump(int feature, float step) {
    return new TreeNodes(
        new int[] {1, -1, -1},
        new int[] {2, -1, -1},
        new int[] {feature, 0, 0},
        new float[] {0.5f, 0, step},
        new boolean[3],
        new float[] {2, 1, 1});
  }
}
