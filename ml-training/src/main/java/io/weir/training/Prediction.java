package io.weir.training;

import io.weir.model.feature.ClickFeature;
import io.weir.model.feature.ClickSchema;
import io.weir.model.feature.Feature;
import io.weir.model.feature.FeatureSchema;
import io.weir.model.feature.ReturnFeature;
import io.weir.model.feature.ReturnSchema;
import io.weir.training.session.LabelledRows;
import io.weir.training.session.SessionParts;
import io.weir.training.table.TableEncoding;
import io.weir.training.tree.TreeShape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a model of the lake predicts. */
enum Prediction {
  /** Whether a session converts. */
  P_CONVERT("conversion", "is_converted", FeatureSchema.current()),
  /** Whether an ad impression is clicked. */
  P_CLICK("p_click", "is_clicked", ClickSchema.current()),
  /** Whether the visitor of a closed session starts another one within 7 days. */
  P_RETURN_7D("p_return_7d", "has_returned_7d", ReturnSchema.current());

  private static final int CLICK_DEPTH = 2;

  private final String modelName;
  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // a record of immutable parts
  private final FeatureSchema schema;

  Prediction(String modelName, String label, FeatureSchema schema) {
    this.modelName = modelName;
    this.label = label;
    this.schema = schema;
  }

  /**
   * The rows to train on.
   *
   * @param rates that the features need when the model is used; null: none
   */
  record Rows(LabelledRows labelled, @Nullable Record rates) {}

  /** The prediction that an option names. */
  static Optional<Prediction> named(String option) {
    return Arrays.stream(values()).filter(each -> each.option().equals(option)).findFirst();
  }

  /** The prediction that has most of these features; empty if none has one. */
  static Optional<Prediction> ofFeatures(Set<String> features) {
    return Arrays.stream(values())
        .filter(each -> each.known(features) > 0)
        .max(Comparator.comparingLong(each -> each.known(features)));
  }

  private long known(Set<String> features) {
    return schema.names().stream().filter(features::contains).count();
  }

  String option() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The usual name of the model. */
  String modelName() {
    return modelName;
  }

  /** The folder of its models: one folder has one champion. */
  Path folder(Path models) {
    boolean isOwn = this == P_CONVERT || models.endsWith(modelName);
    return isOwn ? models : models.resolve(modelName);
  }

  String label() {
    return label;
  }

  /**
   * The depth of trees, if none is given. An ad's place and its own appeal act one beside the
   * other, and clicks are few: deeper trees learn noise.
   */
  int usualDepth() {
    return this == P_CLICK ? CLICK_DEPTH : TreeShape.standard().depth();
  }

  FeatureSchema schema() {
    return schema;
  }

  TableEncoding encoding() {
    return switch (this) {
      case P_CONVERT -> TableEncoding.of(Feature.values());
      case P_CLICK -> TableEncoding.of(ClickFeature.values());
      case P_RETURN_7D -> TableEncoding.of(ReturnFeature.values());
    };
  }

  /** The rows in three parts. Who returned is in several of them, so a hash alone divides them. */
  SessionParts split(LabelledRows rows, long seed) {
    return this == P_RETURN_7D
        ? SessionParts.splitByHash(rows, seed)
        : SessionParts.split(rows, seed);
  }

  /** All options, for messages. */
  static String options() {
    return Arrays.stream(values()).map(Prediction::option).collect(Collectors.joining(", "));
  }

  /** The places of the vector whose higher value never makes the outcome less likely. */
  Set<Integer> increasing() {
    return this == P_CONVERT
        ? Set.of(FeatureSchema.place(Feature.ADD_TO_CARTS), FeatureSchema.place(Feature.CHECKOUTS))
        : Set.of();
  }
}
