package io.weir.training.drift;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The classes of a column's values. A number has one class below the first edge and one from each
 * edge on. A word has one class for each category and one for all other words. The last class is
 * for missing values.
 *
 * @param edges of a number, ascending; empty for words
 * @param categories of a word, in the order of the vector; empty for numbers
 */
public record Binning(String name, List<Float> edges, List<String> categories) {

  private static final int DIGITS = 4;

  public Binning {
    edges = List.copyOf(edges);
    categories = List.copyOf(categories);
    for (int at = 1; at < edges.size(); at++) {
      if (!(edges.get(at - 1) < edges.get(at))) {
        throw new IllegalArgumentException(name + ": the edges do not ascend");
      }
    }
  }

  /** The number of places in the vector. */
  int width() {
    return categories.isEmpty() ? 1 : categories.size();
  }

  /** The number of classes, with the one for missing values. */
  int classes() {
    int ofValues = categories.isEmpty() ? edges.size() + 1 : categories.size() + 1;
    return ofValues + 1;
  }

  /** The class of the value that begins at a place of a vector. */
  int classOf(float[] vector, int place) {
    if (Float.isNaN(vector[place])) {
      return classes() - 1;
    }
    return categories.isEmpty() ? classOf(vector[place]) : category(vector, place);
  }

  private int classOf(float value) {
    int at = 0;
    while (at < edges.size() && value >= edges.get(at)) {
      at++;
    }
    return at;
  }

  private int category(float[] vector, int place) {
    int at = 0;
    while (at < categories.size() && vector[place + at] != 1) {
      at++;
    }
    return at;
  }

  /** A text for each class, for people. */
  List<String> labels() {
    var labels = new ArrayList<String>(classes());
    if (categories.isEmpty()) {
      for (int at = 0; at <= edges.size(); at++) {
        labels.add(range(at));
      }
    } else {
      labels.addAll(categories);
      labels.add("(others)");
    }
    labels.add("(missing)");
    return labels;
  }

  private String range(int at) {
    if (edges.isEmpty()) {
      return "any";
    }
    if (at == 0) {
      return "< " + text(edges.getFirst());
    }
    String from = text(edges.get(at - 1));
    return at == edges.size() ? ">= " + from : from + " to " + text(edges.get(at));
  }

  private static String text(float edge) {
    boolean isWhole = edge == Math.rint(edge) && Math.abs(edge) < 1e9;
    if (isWhole || Float.isInfinite(edge)) {
      return isWhole ? String.valueOf((long) edge) : String.valueOf(edge);
    }
    var rounded = new BigDecimal(edge).round(new MathContext(DIGITS));
    return rounded.stripTrailingZeros().toPlainString();
  }
}
