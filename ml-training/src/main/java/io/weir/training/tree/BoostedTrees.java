package io.weir.training.tree;

import io.weir.training.table.FeatureRows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Trained trees of XGBoost. */
public final class BoostedTrees implements AutoCloseable {
  private final Booster booster;

  private BoostedTrees(Booster booster) {
    this.booster = booster;
  }

  /** Reads a model in XGBoost's JSON or UBJ format. */
  public static BoostedTrees load(byte[] model) {
    try {
      return new BoostedTrees(XGBoost.loadModel(model));
    } catch (XGBoostError | IOException e) {
      throw new IllegalStateException("XGBoost cannot read its own model", e);
    }
  }

  /** The log-odds of each row before any calibration. */
  public float[] margins(FeatureRows rows) {
    return margins(rows.vectors());
  }

  /** The log-odds of each vector; NaN is missing. */
  public float[] margins(float[][] vectors) {
    float[][] predictions = predictions(vectors, matrix -> booster.predict(matrix, true));
    var margins = new float[predictions.length];
    for (int row = 0; row < margins.length; row++) {
      margins[row] = predictions[row][0];
    }
    return margins;
  }

  /** By row: what each feature adds to the margin, and as the last value the expected margin. */
  public float[][] contributions(float[][] vectors) {
    return predictions(vectors, matrix -> booster.predictContrib(matrix, 0));
  }

  private interface Prediction {
    float[][] of(DMatrix matrix) throws XGBoostError;
  }

  private static float[][] predictions(float[][] vectors, Prediction prediction) {
    try {
      DMatrix matrix = Matrices.of(vectors);
      try {
        return prediction.of(matrix);
      } finally {
        matrix.dispose();
      }
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost cannot predict", e);
    }
  }

  /** The model in XGBoost's JSON format, with its features' names and free attributes. */
  public byte[] json(List<String> features, Map<String, String> attributes) {
    return saved(features, attributes, "json");
  }

  /** The same in XGBoost's binary format. */
  public byte[] ubj(List<String> features, Map<String, String> attributes) {
    return saved(features, attributes, "ubj");
  }

  /** The model in the JSON format, without names. */
  byte[] json() {
    return saved("json");
  }

  /**
   * One model of two, for rows of two kinds that a feature tells apart.
   *
   * @param zeros trained on rows whose feature is 0, with the base score of the other
   * @param ones trained on rows whose feature is 1
   * @param place of the feature in the vector
   */
  public static BoostedTrees joined(BoostedTrees zeros, BoostedTrees ones, int place) {
    return TreeJoin.join(zeros, ones, place);
  }

  private byte[] saved(List<String> features, Map<String, String> attributes, String format) {
    try {
      booster.setFeatureNames(features.toArray(String[]::new));
      booster.setAttrs(attributes);
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost cannot name its features", e);
    }
    return saved(format);
  }

  private byte[] saved(String format) {
    var bytes = new ByteArrayOutputStream();
    try {
      booster.saveModel(bytes, format);
    } catch (XGBoostError | IOException e) {
      throw new IllegalStateException("XGBoost cannot write the model", e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    booster.dispose();
  }
}
