package io.weir.simulator.visit;

/** The number of events of a visit and their gaps; the same seed gives the same shape again. */
final class VisitShape {
  /** The longest gap inside a session. */
  static final long SESSION_GAP = 1_800_000;

  /** The longest duration of a visit. */
  static final long LONGEST = 23 * 3_600_000L;

  private static final double NO_GAP = 0.01;
  private static final double EXACTLY_SESSION_GAP = 0.001;
  private static final double HUGE_CRAWL = 0.002;
  private static final int HUGE = 1_900;

  private final Profile profile;
  private final Chance chance = new Chance(0);
  private boolean bot;
  private boolean shopping;
  private int length;
  private long period;

  VisitShape(Profile profile) {
    this.profile = profile;
  }

  void begin(long seed, boolean isBot) {
    chance.restart(seed);
    bot = isBot;
    shopping = !bot && chance.happens(Profile.SHOPPING);
    if (bot) {
      period = chance.between(300, 4_000);
      length = botLength();
    } else {
      length = (shopping ? profile.shopLengths() : profile.readLengths()).drawCount(chance);
    }
  }

  /** Draws a length that is even on a log scale: from 5 to 14 as likely as from 50 to 140. */
  private int botLength() {
    return chance.happens(HUGE_CRAWL) ? HUGE : (int) (5 * StrictMath.pow(30, chance.unit()));
  }

  static double meanBotLength() {
    return HUGE_CRAWL * HUGE + (1 - HUGE_CRAWL) * 5 * 29 / StrictMath.log(30);
  }

  int length() {
    return length;
  }

  boolean shopping() {
    return shopping;
  }

  long gap() {
    if (bot) {
      return period + chance.between(0, period / 10);
    }
    double u = chance.unit();
    if (u < NO_GAP) {
      return 0;
    }
    if (u < NO_GAP + EXACTLY_SESSION_GAP) {
      return SESSION_GAP;
    }
    Quantiles gaps = shopping ? profile.shopGaps() : profile.readGaps();
    return Math.min(gaps.drawMillis(chance), SESSION_GAP);
  }
}
