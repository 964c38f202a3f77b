package io.weir.simulator.visit;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;

/**
 * The graph of steps, and how intent and cart change its weights. There is no strict funnel: people
 * buy from the product page, return to an old cart, or leave at the checkout.
 */
final class PageGraph {
  /** Relative weights of a visit to shop. Row: the step before; column: the step after. */
  private static final double[][] WEIGHTS = {
    // HOME  CATEG GUIDE SEARC PRODU STAY  SEEAD CLICK ADD   REMOV CHECK BUY
    {.05, .32, .05, .13, .35, .02, .07, 0, .005, .001, .004, .0015}, // HOME
    {.03, .25, .01, .07, .52, .02, .06, 0, .012, .001, .003, .0015}, // CATEGORY
    {.05, .12, .50, .05, .10, .12, .05, 0, .001, .001, .001, .0003}, // GUIDE
    {.02, .10, .02, .22, .58, .01, .04, 0, .008, .001, .002, .001}, // SEARCH
    {.04, .14, .02, .07, .55, .03, .05, 0, .045, .002, .012, .020}, // PRODUCT
    {.04, .10, .25, .04, .40, .12, .03, 0, .010, .001, .004, .003}, // STAY
    {.05, .20, .10, .05, .45, .05, .05, .012, .008, .001, .002, .002}, // SEE_AD
    {.10, .20, .05, .05, .55, .01, .03, 0, .008, .001, .001, .002}, // CLICK_AD
    {.03, .12, .01, .05, .36, .01, .03, 0, .080, .060, .220, .045}, // ADD
    {.05, .20, .02, .08, .45, .02, .02, 0, .050, .050, .050, .006}, // REMOVE
    {.10, .08, .02, .04, .22, .04, 0, 0, .020, .060, .120, .420}, // CHECKOUT
    {.25, .20, .10, .05, .28, .05, .05, 0, .010, .001, .001, .006}, // BUY
  };

  private static final double[] LANDING = {.30, .20, .12, .03, .33, 0, 0, 0, 0, 0, 0, 0};
  private static final double[] READING = {1, .6, 9, 1, .35, 2.5, 1.5, 1.5, .15, 1, .3, .15};
  private static final int STEPS = VisitStep.ALL.length;

  private final EnumMap<VisitStep, double[]> rows = new EnumMap<>(VisitStep.class);
  private final double[] weights = new double[STEPS];

  PageGraph() {
    for (int i = 0; i < STEPS; i++) {
      rows.put(VisitStep.ALL[i], WEIGHTS[i]);
    }
  }

  /** The state of a visit that changes the weights of the graph. */
  interface Mood {
    boolean shopping();

    boolean hasCart();

    /** How many times likelier than usual this visitor adds to the cart or buys. */
    double cartFactor();

    double buyFactor();

    /** How many times likelier than usual the ad that was seen last is clicked. */
    double adFactor();
  }

  VisitStep landing(Mood mood, Chance chance) {
    return pick(LANDING, mood, chance);
  }

  VisitStep after(VisitStep step, Mood mood, Chance chance) {
    return pick(requireNonNull(rows.get(step)), mood, chance);
  }

  /** The probability of a first step that is no click on an ad. */
  double landing(VisitStep next, Mood mood) {
    return share(LANDING, next, mood);
  }

  /** The probability of a step after another. */
  double share(VisitStep step, VisitStep next, Mood mood) {
    return share(requireNonNull(rows.get(step)), next, mood);
  }

  @SuppressWarnings("EnumOrdinal") // the order of the steps is that of the columns
  private double share(double[] row, VisitStep next, Mood mood) {
    double sum = weigh(row, mood);
    return weights[next.ordinal()] / sum;
  }

  private double weigh(double[] row, Mood mood) {
    double sum = 0;
    for (int i = 0; i < STEPS; i++) {
      double weight = mood.shopping() ? row[i] : row[i] * READING[i];
      weight *= factor(VisitStep.ALL[i], mood);
      weights[i] = weight;
      sum += weight;
    }
    return sum;
  }

  private VisitStep pick(double[] row, Mood mood, Chance chance) {
    double sum = weigh(row, mood);
    double target = chance.unit() * sum;
    int i = 0;
    while (i < STEPS - 1 && target >= weights[i]) {
      target -= weights[i++];
    }
    return VisitStep.ALL[i];
  }

  private static double factor(VisitStep step, Mood mood) {
    return switch (step) {
      case ADD -> mood.cartFactor();
      case REMOVE -> mood.hasCart() ? 1 : 0;
      case CHECKOUT -> mood.hasCart() ? mood.cartFactor() : 0;
      case BUY -> mood.buyFactor();
      case CLICK_AD -> mood.adFactor();
      case HOME, CATEGORY, GUIDE, SEARCH, PRODUCT, STAY, SEE_AD -> 1;
    };
  }
}
