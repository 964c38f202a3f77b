package io.weir.scoring.model;

/** The rule of Gauss and Legendre on 0 to 1: exact for polynomials below twice its points. */
final class Quadrature {
  private static final int ROUNDS = 100;
  private static final double NEAR = 1e-16;

  private final double[] place;
  private final double[] weight;

  private Quadrature(int points) {
    this.place = new double[points];
    this.weight = new double[points];
  }

  static Quadrature of(int points) {
    var rule = new Quadrature(points);
    for (int at = 0; at < points; at++) {
      double root = StrictMath.cos(Math.PI * (at + 0.75) / (points + 0.5));
      double step = 1;
      for (int round = 0; round < ROUNDS && Math.abs(step) > NEAR; round++) {
        step = legendre(points, root) / slope(points, root);
        root -= step;
      }
      double slope = slope(points, root);
      rule.place[at] = (1 + root) / 2;
      rule.weight[at] = 1 / ((1 - root * root) * slope * slope);
    }
    return rule;
  }

  /** The Legendre polynomial of a degree. */
  private static double legendre(int degree, double at) {
    double before = 1;
    double value = degree == 0 ? 1 : at;
    for (int next = 2; next <= degree; next++) {
      double following = ((2 * next - 1) * at * value - (next - 1) * before) / next;
      before = value;
      value = following;
    }
    return value;
  }

  private static double slope(int degree, double at) {
    return degree * (at * legendre(degree, at) - legendre(degree - 1, at)) / (at * at - 1);
  }

  int points() {
    return place.length;
  }

  double place(int point) {
    return place[point];
  }

  double weight(int point) {
    return weight[point];
  }

  /**
   * The probability that a feature is known at a node, when it is in this place with every feature,
   * and this share of the training rows passed the splits on the same feature above.
   */
  double known(int point, double share) {
    return place[point] / way(point, share);
  }

  /** The weight of what knowing the feature adds there. */
  double weight(int point, double share) {
    double way = way(point, share);
    return weight[point] * share / (way * way);
  }

  private double way(int point, double share) {
    return place[point] + (1 - place[point]) * share;
  }
}
