package io.weir.simulator.truth;

/** A session as it really was: times in epoch milliseconds, counts per type of event. */
public record TrueSession(
    String visitor,
    long start,
    long end,
    int events,
    int pageViews,
    int productViews,
    int addToCarts,
    int purchases,
    boolean bot) {

  public boolean converted() {
    return purchases > 0;
  }
}
