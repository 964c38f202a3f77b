package io.weir.scoring.model;

/** The attributes that Weir's model files carry; XGBoost keeps and ignores them. */
public final class ModelAttributes {
  public static final String NAME = "weir_name";
  public static final String VERSION = "weir_version";

  /** The fingerprint of the feature schema the model was trained with. */
  public static final String FEATURES = "weir_features";

  private ModelAttributes() {}
}
