package io.weir.simulator.visit;

/** How much likelier than usual each ad is clicked at each place of a page. */
final class AdAppeal {
  private static final long SEED = 60;
  private static final double MORE = 1.5;
  private static final double BY_PLACE = 0.6;

  private final double[] factors = new double[Journey.ADS];

  /**
   * @param spread of the ads; with 0 all are as usual
   */
  AdAppeal(double spread) {
    for (int place = 0; place < factors.length; place++) {
      int ad = Click.ad(place);
      double ofAd = new Chance(Chance.seed(SEED, ad)).bell();
      double ofPlace = BY_PLACE * (2 - Click.slot(place));
      factors[place] = StrictMath.exp(spread * (MORE + ofAd + ofPlace));
    }
  }

  /** The factor of a place, or of none if it is negative. */
  double factor(int place) {
    return place < 0 ? 1 : factors[place];
  }
}
