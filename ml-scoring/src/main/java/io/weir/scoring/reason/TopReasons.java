package io.weir.scoring.reason;

import io.weir.contract.avro.ScoreReason;
import io.weir.model.feature.FeatureSchema;
import io.weir.model.feature.FeatureText;
import io.weir.model.feature.ModelFeature;
import io.weir.scoring.registry.LoadedModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The features that move a score most, those of one feature's places added up. */
public final class TopReasons {
  private static final Comparator<ScoreReason> LARGEST_FIRST =
      Comparator.comparingDouble((ScoreReason each) -> -Math.abs(each.getContribution()))
          .thenComparing(ScoreReason::getFeature);

  private TopReasons() {}

  /**
   * At most so many reasons, largest first; none if the model does not know its training rows.
   *
   * @param vector of the features that the model reads
   */
  public static List<ScoreReason> of(LoadedModel model, float[] vector, int most) {
    if (most == 0 || model.contributions().isEmpty()) {
      return List.of();
    }
    List<ScoreReason> reasons = all(model.schema(), vector, model.contributions().get().of(vector));
    reasons.removeIf(each -> each.getContribution() == 0 || !isFinite(each));
    reasons.sort(LARGEST_FIRST);
    return List.copyOf(reasons.subList(0, Math.min(most, reasons.size())));
  }

  /** Sums of huge leaves overflow. */
  private static boolean isFinite(ScoreReason reason) {
    return Double.isFinite(reason.getContribution());
  }

  /** One reason for each feature in the order of the schema. */
  private static List<ScoreReason> all(
      FeatureSchema schema, float[] vector, double[] contributions) {
    var reasons = new ArrayList<ScoreReason>(schema.features().size());
    int place = 0;
    for (ModelFeature feature : schema.features()) {
      double sum = 0;
      for (int at = 0; at < feature.width(); at++) {
        sum += contributions[place + at];
      }
      String value = FeatureText.of(feature, place, vector).orElse(null);
      reasons.add(new ScoreReason(feature.fieldName(), value, sum));
      place += feature.width();
    }
    return reasons;
  }
}
