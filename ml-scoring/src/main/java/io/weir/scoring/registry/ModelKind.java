package io.weir.scoring.registry;

import io.weir.model.feature.ClickSchema;
import io.weir.model.feature.FeatureSchema;
import io.weir.model.feature.ReturnSchema;
import java.util.ArrayList;
import java.util.List;

/** The kind of a model: what it predicts, the features that it reads, and the files that it has. */
public enum ModelKind {
  /** Whether a session converts. */
  CONVERSION("conversion", FeatureSchema.current(), List.of(ModelFiles.RATES)),
  /** Whether an ad impression is clicked. */
  CLICK("p_click", ClickSchema.current(), List.of(ModelFiles.RATES)),
  /** Whether the visitor of a closed session starts another one within 7 days. */
  RETURN("p_return_7d", ReturnSchema.current(), List.of());

  private final String modelName;

  @SuppressWarnings("ImmutableEnumChecker") // a record of immutable parts
  private final FeatureSchema schema;

  @SuppressWarnings("ImmutableEnumChecker") // an immutable list
  private final List<String> files;

  ModelKind(String modelName, FeatureSchema schema, List<String> ownFiles) {
    this.modelName = modelName;
    this.schema = schema;
    var all = new ArrayList<String>(ModelFiles.NAMES);
    // Behind model.json, which is the first one everywhere.
    all.addAll(1, ownFiles);
    this.files = List.copyOf(all);
  }

  /** The usual name of the model. */
  public String modelName() {
    return modelName;
  }

  public FeatureSchema schema() {
    return schema;
  }

  /** All files that are read. The checksums are the last of them. */
  List<String> files() {
    return files;
  }
}
