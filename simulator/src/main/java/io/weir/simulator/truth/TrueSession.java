package io.weir.simulator.truth;

/**
 * A session of the ground truth: times in epoch milliseconds, counts per event type, and what
 * follows from them.
 */
public record TrueSession(
    String visitor,
    long start,
    long end,
    int events,
    int pageViews,
    int productViews,
    int addToCarts,
    int purchases,
    long engagedMs,
    boolean engaged,
    boolean singleViewBounce,
    int funnelStep,
    int matchedClicks,
    boolean bot) {

  public boolean converted() {
    return purchases > 0;
  }
}
