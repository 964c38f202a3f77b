package io.weir.training.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.training.table.LearntColumn;
import io.weir.training.table.TableEncoding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Each column's share of what the splits of the trees gained. */
public final class GainImportance {
  private GainImportance() {}

  /** Reads the gains out of a model in XGBoost's JSON format; largest share first. */
  public static Map<String, Double> of(byte[] model, TableEncoding encoding) {
    double[] gains = gains(model, encoding.features().size());
    double total = 0;
    for (double gain : gains) {
      total += gain;
    }
    var shares = new ArrayList<Map.Entry<String, Double>>();
    int at = 0;
    for (LearntColumn column : encoding.columns()) {
      double sum = 0;
      for (int end = at + column.features().size(); at < end; at++) {
        sum += gains[at];
      }
      shares.add(Map.entry(column.name(), total == 0 ? 0 : sum / total));
    }
    shares.sort(Comparator.comparingDouble((Map.Entry<String, Double> e) -> -e.getValue()));
    var ordered = new LinkedHashMap<String, Double>();
    shares.forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
    return ordered;
  }

  private static double[] gains(byte[] model, int features) {
    var gains = new double[features];
    for (JsonNode tree : trees(model)) {
      JsonNode left = tree.path("left_children");
      for (int node = 0; node < left.size(); node++) {
        if (left.get(node).intValue() >= 0) {
          int feature = tree.path("split_indices").get(node).intValue();
          gains[feature] += tree.path("loss_changes").get(node).doubleValue();
        }
      }
    }
    return gains;
  }

  private static JsonNode trees(byte[] model) {
    try {
      return new ObjectMapper().readTree(model).at("/learner/gradient_booster/model/trees");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
