package io.weir.training.drift;

/**
 * The population stability index (PSI) of two distributions over the same classes: 0 if they are
 * equal. By custom more than 0.1 is worth a look and more than 0.25 is another population.
 */
final class Stability {
  /** Rows that are added to each class, so that an empty one does not make the index infinite. */
  private static final double ADDED = 0.5;

  private Stability() {}

  static double index(ColumnShape training, ColumnShape recent) {
    if (!training.column().equals(recent.column())) {
      throw new IllegalArgumentException(training.column().name() + ": other classes");
    }
    double index = 0;
    for (int at = 0; at < training.shares().size(); at++) {
      double before = share(training, at);
      double now = share(recent, at);
      index += (now - before) * Math.log(now / before);
    }
    return index;
  }

  private static double share(ColumnShape shape, int at) {
    int classes = shape.shares().size();
    return (shape.shares().get(at) * shape.rows() + ADDED) / (shape.rows() + ADDED * classes);
  }
}
