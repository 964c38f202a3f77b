package io.weir.scoring.train;

/** The summed derivatives of the rows in a node. */
record Sums(double gradient, double hessian) {

  static Sums of(Gradients gradients, RowRange range) {
    double gradient = 0;
    double hessian = 0;
    for (int i = range.from(); i < range.to(); i++) {
      gradient += gradients.gradient[range.rows()[i]];
      hessian += gradients.hessian[range.rows()[i]];
    }
    return new Sums(gradient, hessian);
  }

  Sums minus(Sums other) {
    return new Sums(gradient - other.gradient, hessian - other.hessian);
  }

  /** Twice the reduction of the loss by the best single weight for these rows. */
  double quality(double lambda) {
    return gradient * gradient / (hessian + lambda);
  }

  double weight(double lambda) {
    return -gradient / (hessian + lambda);
  }
}
