package io.weir.tools.size;

/**
 * What arrives, and how long it is kept.
 *
 * @param events events per second, the mean of a day
 * @param peak how many times the mean the busiest minutes have
 * @param eventsPerSession events of a session, the mean
 * @param visitors different visitors of a day
 * @param lifetimeVisitors different visitors of 400 days
 */
record Inflow(
    double events, double peak, double eventsPerSession, double visitors, double lifetimeVisitors) {
  private static final double SECONDS_OF_A_DAY = 86_400;

  Inflow {
    positive("--events-per-second", events);
    positive("--events-per-session", eventsPerSession);
    positive("--visitors", visitors);
    if (!(peak >= 1) || Double.isInfinite(peak)) {
      throw new IllegalArgumentException("--peak must be 1 or more: the peak is above the mean");
    }
    positive("--lifetime-visitors", lifetimeVisitors);
    if (lifetimeVisitors < visitors) {
      throw new IllegalArgumentException(
          "--lifetime-visitors must not be less than --visitors: those of a day are among them");
    }
    if (visitors > events * SECONDS_OF_A_DAY) {
      throw new IllegalArgumentException(
          "--visitors is more than the events of a day: each visitor has one event at least");
    }
  }

  double peakEvents() {
    return events * peak;
  }

  double eventsOfADay() {
    return events * SECONDS_OF_A_DAY;
  }

  double sessionsOfADay() {
    return Math.max(visitors, eventsOfADay() / eventsPerSession);
  }

  private static void positive(String option, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(option + " must be more than 0");
    }
  }
}
