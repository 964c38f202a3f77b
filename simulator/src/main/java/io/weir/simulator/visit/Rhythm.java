package io.weir.simulator.visit;

/** The activity of each hour of the day, in UTC. */
public final class Rhythm {
  private static final long HOUR = 3_600_000;
  private static final int TRIES = 6;

  private final double[] chances = new double[24];

  /** A rhythm of 24 numbers in any unit. */
  public Rhythm(double... hours) {
    if (hours.length != 24) {
      throw new IllegalArgumentException("a day has 24 hours, not " + hours.length);
    }
    double most = 0;
    for (double hour : hours) {
      most = Math.max(most, hour);
    }
    for (int i = 0; i < 24; i++) {
      chances[i] = hours[i] / most;
    }
  }

  /** The activity at that time; the busiest hour has 1. */
  double at(long time) {
    return chances[(int) Math.floorMod(Math.floorDiv(time, HOUR), 24L)];
  }

  /** Draws a moment of the span, more likely in a busy hour. */
  long moment(long from, long to, Chance chance) {
    while (true) {
      long moment = from + (long) (chance.unit() * (to - from));
      if (chance.happens(at(moment))) {
        return moment;
      }
    }
  }

  /** Draws a moment one gap later, with a preference for busy hours; a few tries are enough. */
  long momentAfter(long time, Quantiles gaps, Chance chance) {
    long moment = time + gaps.drawMillis(chance);
    for (int i = 1; i < TRIES && !chance.happens(at(moment)); i++) {
      moment = time + gaps.drawMillis(chance);
    }
    return moment;
  }
}
