package io.weir.simulator.visit;

import java.util.Arrays;

/**
 * What somebody can know about a visit who sees its events: the probabilities of what is hidden.
 * Hidden are the intent, whether the visit came to shop, and whether it brought a cart. Each event
 * makes those likelier that expect it (Bayes).
 */
final class Belief implements PageGraph.Mood {
  private static final int INTENTS = 17;
  private static final double WIDEST = 3.2;

  /** The deviation of intents: that of a visitor's inclination, 0.9, and that of a visit, 1. */
  private static final double DEVIATION = StrictMath.sqrt(0.9 * 0.9 + 1);

  private static final long SECOND = 1_000;
  private static final double RAREST = 1e-6;

  private final double[] weights = new double[4 * INTENTS];
  private final double[] cartFactors = new double[INTENTS];
  private final double[] buyFactors = new double[INTENTS];
  private double adFactor;
  private double expected;
  private int hypothesis;
  private int size;
  private boolean carries;
  private long time;
  private boolean finished;

  void begin(Visit visit) {
    expected = visit.expectedIntent();
    double carried = visit.isReturning() ? Visit.CARRIED : 0;
    for (int i = 0; i < weights.length; i++) {
      double z = place(i);
      double mode = isShopping(i) ? Profile.SHOPPING : 1 - Profile.SHOPPING;
      weights[i] = StrictMath.exp(-z * z / 2) * mode * (isCarried(i) ? carried : 1 - carried);
    }
    size = 0;
    carries = true;
    time = visit.time();
    finished = false;
    imagine(visit);
  }

  private static double place(int hypothesis) {
    int intent = hypothesis % INTENTS;
    return WIDEST * (2.0 * intent / (INTENTS - 1) - 1);
  }

  private static boolean isShopping(int hypothesis) {
    return hypothesis / INTENTS % 2 == 0;
  }

  private static boolean isCarried(int hypothesis) {
    return hypothesis / INTENTS / 2 == 1;
  }

  /** The visit has bought: what comes is of no interest. */
  void finish() {
    finished = true;
  }

  boolean isFinished() {
    return finished;
  }

  void land(PageGraph graph, VisitStep next) {
    for (int i = 0; i < weights.length && next != VisitStep.CLICK_AD; i++) {
      weights[i] *= graph.landing(next, hypothesis(i));
    }
  }

  /** The visit went on after so many events, at that time. */
  void wait(Profile profile, int events, long now) {
    long gap = now - time;
    time = now;
    double shop = 1 - profile.endsAfter(true, events);
    double read = 1 - profile.endsAfter(false, events);
    if (gap > 0 && gap < VisitShape.SESSION_GAP) {
      shop *= likelihood(profile.shopGaps(), gap);
      read *= likelihood(profile.readGaps(), gap);
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= isShopping(i) ? shop : read;
    }
    balance();
  }

  private static double likelihood(Quantiles gaps, long gap) {
    double above = gaps.shareBelow((gap + SECOND / 2) / 1e3);
    return Math.max(RAREST, above - gaps.shareBelow(Math.max(0, gap - SECOND / 2) / 1e3));
  }

  void step(PageGraph graph, Visit visit, VisitStep before, VisitStep next) {
    imagine(visit);
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= graph.share(before, next, hypothesis(i));
    }
    follow(next);
    balance();
  }

  private void follow(VisitStep next) {
    switch (next) {
      case ADD -> size++;
      case REMOVE -> {
        carries = carries && size > 0;
        size = Math.max(0, size - 1);
      }
      case BUY -> {
        carries = false;
        size = 0;
      }
      case HOME, CATEGORY, GUIDE, SEARCH, PRODUCT, STAY, SEE_AD, CLICK_AD, CHECKOUT -> {}
    }
  }

  /** The probability that the visit buys now, given that it buys or ends. */
  double purchase(PageGraph graph, Profile profile, Visit visit, VisitStep last) {
    imagine(visit);
    double buys = 0;
    double ends = 0;
    for (int i = 0; i < weights.length; i++) {
      double end = profile.endsAfter(isShopping(i), visit.done());
      buys += weights[i] * (1 - end) * graph.share(last, VisitStep.BUY, hypothesis(i));
      ends += weights[i] * end;
    }
    return buys / (buys + ends);
  }

  /** The probability that the visit goes on after so many events, with a click. */
  double click(PageGraph graph, Profile profile, Visit visit, int events) {
    imagine(visit);
    double clicks = 0;
    for (int i = 0; i < weights.length; i++) {
      double goesOn = 1 - profile.endsAfter(isShopping(i), events);
      double share = graph.share(VisitStep.SEE_AD, VisitStep.CLICK_AD, hypothesis(i));
      clicks += weights[i] * goesOn * share;
    }
    return clicks / Arrays.stream(weights).sum();
  }

  private void imagine(Visit visit) {
    adFactor = visit.adFactor();
    for (int i = 0; i < INTENTS; i++) {
      double intent = expected + DEVIATION * place(i);
      cartFactors[i] = visit.cartFactor(intent);
      buyFactors[i] = visit.buyFactor(intent);
    }
  }

  private void balance() {
    double sum = Arrays.stream(weights).sum();
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
  }

  private Belief hypothesis(int number) {
    hypothesis = number;
    return this;
  }

  @Override
  public boolean shopping() {
    return isShopping(hypothesis);
  }

  @Override
  public boolean hasCart() {
    return size > 0 || (isCarried(hypothesis) && carries);
  }

  @Override
  public double cartFactor() {
    return cartFactors[hypothesis % INTENTS];
  }

  @Override
  public double buyFactor() {
    return buyFactors[hypothesis % INTENTS];
  }

  @Override
  public double adFactor() {
    return adFactor;
  }
}
