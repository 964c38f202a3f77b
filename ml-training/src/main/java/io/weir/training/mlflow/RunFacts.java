package io.weir.training.mlflow;

import io.weir.training.artifact.ModelArtifact;
import io.weir.training.artifact.TrainingReport;
import io.weir.training.quality.BinaryQuality;
import io.weir.training.session.TrainingSource;
import io.weir.training.tree.TreeShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a report says, in the words of MLflow's calls. */
final class RunFacts {
  /** The tag with all that the same training needs. */
  static final String RECIPE = "weir.recipe";

  private RunFacts() {}

  static List<Map<String, String>> parameters(TrainingReport report) {
    var parameters = new LinkedHashMap<String, Object>();
    parameters.put("seed", report.seed());
    parameters.put("trees", report.trees());
    parameters.put("features", report.features());
    parameters.put("rows_train", report.rows().train());
    parameters.put("rows_validation", report.rows().validation());
    parameters.put("rows_test", report.rows().test());
    TreeShape shape = report.best().shape();
    parameters.put("depth", shape.depth());
    parameters.put("learning_rate", shape.learningRate());
    parameters.put("least_weight", shape.leastWeight());
    parameters.put("row_share", shape.rowShare());
    parameters.put("feature_share", shape.featureShare());
    parameters.put("penalty", shape.penalty());
    TrainingSource source = report.source();
    if (source != null && source.cuts() != null) {
      parameters.put("cuts", source.cuts().perSession());
    }
    parameters.put("search", report.search().size());
    parameters.put("calibration", report.calibration().isNone() ? "none" : "platt");
    return pairs(parameters);
  }

  static List<Map<String, String>> tags(ModelArtifact artifact) {
    var tags = new LinkedHashMap<String, Object>();
    tags.put("weir.version", artifact.version());
    if (artifact.featureSet() != null) {
      tags.put("weir.feature_set_version", artifact.featureSet().version());
    }
    TrainingSource source = artifact.report().source();
    if (source != null) {
      tags.put("weir.table", source.table());
      tags.put("weir.from", source.from());
      tags.put("weir.to", source.to());
      if (source.snapshot() != null) {
        tags.put("weir.snapshot", source.snapshot());
      }
    }
    if (artifact.report().recipe() != null) {
      tags.put(RECIPE, artifact.recipeText());
    }
    tags.put("weir.promoted", artifact.promotion().isPromoted());
    tags.put("weir.reason", artifact.promotion().reason());
    return pairs(tags);
  }

  /** The sessions as a data set of MLflow, with the snapshot to read them again. */
  static List<?> dataSets(TrainingReport report) {
    TrainingSource source = report.source();
    if (source == null) {
      return List.of();
    }
    boolean isFile = source.snapshot() == null;
    String place = "{\"table\":\"" + source.table() + "\",\"snapshot\":" + source.snapshot() + "}";
    Map<String, String> dataSet =
        Map.of(
            "name",
            source.table(),
            "digest",
            digest(report),
            "source_type",
            isFile ? "local" : "iceberg",
            "source",
            place);
    List<?> tags = List.of(MlflowRun.pair("mlflow.data.context", "training"));
    return List.of(Map.of("tags", tags, "dataset", dataSet));
  }

  /** MLflow allows 36 characters. */
  private static String digest(TrainingReport report) {
    TrainingSource source = report.source();
    Long snapshot = source == null ? null : source.snapshot();
    return snapshot == null ? "rows-" + report.rows().train() : Long.toString(snapshot);
  }

  static List<Map<String, Object>> metrics(TrainingReport report, String model, long time) {
    BinaryQuality quality = report.metrics();
    var metrics = new ArrayList<Map<String, Object>>();
    metrics.add(metric("auc", quality.auc(), 0, time));
    metrics.add(metric("pr_auc", quality.prAuc(), 0, time));
    metrics.add(metric("log_loss", quality.logLoss(), 0, time));
    metrics.add(metric("constant_log_loss", quality.constantLogLoss(), 0, time));
    metrics.add(metric("calibration_error", quality.calibrationError(), 0, time));
    metrics.add(metric("baseline_auc", report.baseline().auc(), 0, time));
    metrics.add(metric("seconds", report.seconds(), 0, time));
    BinaryQuality open = report.open();
    if (open != null) {
      metrics.add(metric("open_auc", open.auc(), 0, time));
      metrics.add(metric("open_log_loss", open.logLoss(), 0, time));
      metrics.add(metric("open_calibration_error", open.calibrationError(), 0, time));
    }
    metrics.forEach(each -> each.put("model_id", model));
    int round = 0;
    for (double logLoss : report.validation()) {
      metrics.add(metric("validation_log_loss", logLoss, ++round, time));
    }
    return metrics;
  }

  private static Map<String, Object> metric(String key, double value, int step, long time) {
    var metric = new LinkedHashMap<String, Object>();
    metric.put("key", key);
    metric.put("value", value);
    metric.put("step", step);
    metric.put("timestamp", time);
    return metric;
  }

  private static List<Map<String, String>> pairs(Map<String, Object> values) {
    return values.entrySet().stream()
        .map(entry -> MlflowRun.pair(entry.getKey(), String.valueOf(entry.getValue())))
        .toList();
  }
}
