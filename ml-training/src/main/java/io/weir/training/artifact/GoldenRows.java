package io.weir.training.artifact;

import io.weir.training.quality.PlattScaling;
import io.weir.training.table.FeatureRows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows with the expected answers. Whoever loads the model computes them again before using it.
 *
 * @param rows at most 50 of the test part, evenly spread
 */
public record GoldenRows(List<GoldenRow> rows) {
  private static final int MOST = 50;

  public GoldenRows {
    rows = List.copyOf(rows);
  }

  /**
   * One row.
   *
   * @param features in the order of {@code features.json}; null is missing
   */
  public record GoldenRow(List<@Nullable Float> features, float margin, double probability) {}

  /** Takes rows of the test part. */
  public static GoldenRows of(FeatureRows rows, float[] margins, PlattScaling calibration) {
    int count = Math.min(MOST, rows.size());
    var golden = new ArrayList<GoldenRow>(count);
    for (int index = 0; index < count; index++) {
      int row = (int) ((long) index * rows.size() / count);
      var features = new ArrayList<@Nullable Float>();
      for (float value : rows.vectors()[row]) {
        features.add(Float.isNaN(value) ? null : value);
      }
      golden.add(new GoldenRow(features, margins[row], calibration.probability(margins[row])));
    }
    return new GoldenRows(golden);
  }
}
