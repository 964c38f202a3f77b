package io.weir.training.tree;

import io.weir.training.table.FeatureRows;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Adds trees until the log-loss of the validation part has not improved for a while, and keeps the
 * model of the best round.
 */
public final class TreeBoosting {
  private static final String BINARY = "ubj";

  private final TreeSettings settings;
  private final RoundListener listener;

  private int bestRound;
  private double bestLogLoss = Double.POSITIVE_INFINITY;
  private byte[] best = {};

  public TreeBoosting(TreeSettings settings, RoundListener listener) {
    this.settings = settings;
    this.listener = listener;
  }

  /** Trains and returns the model of the best round. */
  public BoostedTrees train(FeatureRows train, FeatureRows validation) {
    return train(train, validation, train.rate());
  }

  /**
   * The same.
   *
   * @param base the probability that the first tree starts from
   */
  public BoostedTrees train(FeatureRows train, FeatureRows validation, double base) {
    try {
      DMatrix trainMatrix = Matrices.labelled(train);
      DMatrix validationMatrix = Matrices.labelled(validation);
      try {
        boost(trainMatrix, validationMatrix, parameters(train.vectors()[0].length, base));
      } finally {
        trainMatrix.dispose();
        validationMatrix.dispose();
      }
    } catch (XGBoostError | IOException e) {
      throw new IllegalStateException("XGBoost cannot train", e);
    }
    return BoostedTrees.load(best);
  }

  /** The number of trees in the model. */
  public int rounds() {
    return bestRound;
  }

  /** Its log-loss on the validation part. */
  public double logLoss() {
    return bestLogLoss;
  }

  private void boost(DMatrix train, DMatrix validation, Map<String, Object> parameters)
      throws XGBoostError, IOException {
    // Rounds 0: a booster without a tree yet, which knows both matrices.
    Booster booster =
        XGBoost.train(train, parameters, 0, Map.of("validation", validation), null, null);
    var matrices = new DMatrix[] {validation};
    var names = new String[] {"validation"};
    try {
      for (int round = 1; round <= settings.rounds(); round++) {
        booster.update(train, round - 1);
        double logLoss = logLoss(booster.evalSet(matrices, names, round - 1));
        if (logLoss < bestLogLoss) {
          bestLogLoss = logLoss;
          bestRound = round;
          best = booster.toByteArray(BINARY);
        }
        listener.round(round, logLoss, bestLogLoss);
        if (round - bestRound >= settings.patience()) {
          return;
        }
      }
    } finally {
      booster.dispose();
    }
  }

  /** Reads the number at the end of {@code [7]\tvalidation-logloss:0.2312}. */
  private static double logLoss(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(':') + 1).strip());
  }

  private Map<String, Object> parameters(int features, double base) {
    var parameters = new HashMap<String, Object>();
    parameters.put("objective", "binary:logistic");
    parameters.put("eval_metric", "logloss");
    parameters.put("base_score", (float) base);
    parameters.put("tree_method", "hist");
    TreeShape shape = settings.shape();
    parameters.put("max_depth", shape.depth());
    parameters.put("eta", shape.learningRate());
    parameters.put("min_child_weight", shape.leastWeight());
    parameters.put("subsample", shape.rowShare());
    parameters.put("colsample_bytree", shape.featureShare());
    parameters.put("lambda", shape.penalty());
    parameters.put("seed", settings.seed());
    parameters.put("nthread", settings.threads());
    parameters.put("verbosity", 0);
    if (!settings.increasing().isEmpty()) {
      parameters.put("monotone_constraints", directions(features));
    }
    return parameters;
  }

  /** One number per feature: 1 for an increasing one, else 0. */
  private String directions(int features) {
    return IntStream.range(0, features)
        .mapToObj(feature -> settings.increasing().contains(feature) ? "1" : "0")
        .collect(Collectors.joining(",", "(", ")"));
  }
}
