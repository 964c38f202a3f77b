package io.weir.training.drift;

import io.weir.training.table.ColumnKind;
import io.weir.training.table.LearntColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds the classes of a column in the training data. */
final class BinningLearning {
  private static final int CLASSES = 10;

  private BinningLearning() {}

  static Binning of(LearntColumn column, float[][] vectors, int place) {
    if (column.kind() == ColumnKind.CATEGORY) {
      return new Binning(column.name(), List.of(), column.categories());
    }
    return new Binning(column.name(), edges(present(vectors, place)), List.of());
  }

  /** The values at a place that are not missing, ascending. */
  private static float[] present(float[][] vectors, int place) {
    var values = new float[vectors.length];
    int size = 0;
    for (float[] vector : vectors) {
      if (!Float.isNaN(vector[place])) {
        values[size++] = vector[place];
      }
    }
    float[] present = Arrays.copyOf(values, size);
    Arrays.sort(present);
    return present;
  }

  /**
   * The deciles without repetition. The smallest value is no edge, because nothing lies below it:
   * the next larger value stands for it, so that a column of mostly zeros has a class of the rest.
   */
  static List<Float> edges(float[] ascending) {
    var edges = new ArrayList<Float>();
    for (int decile = 1; decile < CLASSES && ascending.length > 0; decile++) {
      int rank = (int) ((long) ascending.length * decile / CLASSES);
      while (rank < ascending.length && ascending[rank] <= ascending[0]) {
        rank++;
      }
      // Compared as numbers: -0.0 is no edge above 0.0.
      if (rank < ascending.length && (edges.isEmpty() || edges.getLast() < ascending[rank])) {
        edges.add(ascending[rank]);
      }
    }
    return edges;
  }
}
