package io.weir.training.artifact;

import io.weir.training.quality.PlattScaling;
import io.weir.training.table.FeatureRows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows with the expected answers. Whoever loads the model computes them again before using it.
 *
 * @param rows at most 50 of the test part, evenly spread; half of them prefixes, if it has some
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

  /** Rows, and the margins of the trees for them. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Answers(FeatureRows rows, float[] margins) {}

  /** Takes rows of the test part. */
  public static GoldenRows of(Answers whole, Answers prefixes, PlattScaling calibration) {
    int half = Math.min(MOST / 2, prefixes.rows.size());
    var golden = new ArrayList<GoldenRow>(MOST);
    take(whole, MOST - half, calibration, golden);
    take(prefixes, half, calibration, golden);
    return new GoldenRows(golden);
  }

  private static void take(
      Answers from, int most, PlattScaling calibration, List<GoldenRow> golden) {
    int count = Math.min(most, from.rows.size());
    for (int index = 0; index < count; index++) {
      int row = (int) ((long) index * from.rows.size() / count);
      var features = new ArrayList<@Nullable Float>();
      for (float value : from.rows.vectors()[row]) {
        features.add(Float.isNaN(value) ? null : value);
      }
      float margin = from.margins[row];
      golden.add(new GoldenRow(features, margin, calibration.probability(margin)));
    }
  }
}
