package io.weir.training.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.weir.training.quality.BinaryQuality;
import io.weir.training.quality.PlattScaling;
import io.weir.training.quality.TruthComparison;
import io.weir.training.session.TrainingSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts to know before trusting a model.
 *
 * @param name the table's name
 * @param trainedAt RFC 3339, UTC
 * @param group the column whose rows stay together, null: rows are independent
 * @param trees the number of trees: the best round, and that of prefixes where there are some
 * @param metrics on the test part, with the calibration
 * @param baseline the same for logistic regression
 * @param importance each column's share of the total gain, largest first
 * @param validation log-loss of the validation part after each round, also after the best one
 * @param search the shapes of trees that were tried
 * @param leftOut the reason for each column that the model does not use
 * @param source the sessions of a model of sessions; null for a model of a table
 * @param recipe to train the same model of sessions again; null for a model of a table
 * @param promotion whether a model of sessions became the champion; null for a model of a table
 * @param truth the model beside the simulator's true probabilities; null if they are not known
 * @param open the metrics on prefixes of the sessions of the test part; null: there are none
 */
public record TrainingReport(
    String name,
    String trainedAt,
    double seconds,
    String label,
    @Nullable String group,
    long seed,
    PartSizes rows,
    int features,
    int trees,
    PlattScaling calibration,
    BinaryQuality metrics,
    BinaryQuality baseline,
    Map<String, Double> importance,
    List<Double> validation,
    List<TriedShape> search,
    Map<String, String> leftOut,
    @Nullable TrainingSource source,
    @Nullable TrainingRecipe recipe,
    @Nullable Promotion promotion,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TruthComparison truth,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BinaryQuality open) {

  public TrainingReport {
    validation = List.copyOf(validation);
    search = List.copyOf(search);
  }

  /**
   * Sizes of the parts.
   *
   * @param withoutLabel rows that were left out because they have no outcome; of sessions, bots
   * @param inOtherPart sessions that were left out because another part has their visitor
   * @param notSampled negative rows that were not trained on because they are too many
   */
  public record PartSizes(
      int train,
      int validation,
      int test,
      int withoutLabel,
      int inOtherPart,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) int notSampled) {}

  /** The attempt that gave the model: of equal ones the first. */
  public TriedShape best() {
    return search.stream().min(Comparator.comparingDouble(TriedShape::logLoss)).orElseThrow();
  }

  /** Whether there were prefixes to learn from, but too few of one outcome. */
  public boolean hasTooFewCuts() {
    return source != null && source.cuts() != null && !source.cuts().isLearnt();
  }

  /** The report of a model of sessions, with the decision about the champion. */
  public TrainingReport with(TrainingRecipe made, Promotion decision) {
    return new TrainingReport(
        name,
        trainedAt,
        seconds,
        label,
        group,
        seed,
        rows,
        features,
        trees,
        calibration,
        metrics,
        baseline,
        importance,
        validation,
        search,
        leftOut,
        source,
        made,
        decision,
        truth,
        open);
  }
}
