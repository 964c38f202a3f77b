package io.weir.simulator.visit;

/**
 * The deeds of people beside walking through the shop.
 *
 * @param reloads the share of purchases whose page of thanks is loaded twice
 * @param refunds the share of purchases of which the first product is paid back
 * @param internal the share of visitors who are the shop's own people
 * @param apps the number of apps that visits are made with, 1 to 3
 * @param disguised the share of robots with the agent of a person
 * @param appeal how much ads and their places differ in clicks; 0 for not at all
 * @param pause so many milliseconds before the simulated now, nobody visits for an hour; 0 for
 *     never
 */
public record Habits(
    double reloads,
    double refunds,
    double internal,
    int apps,
    double disguised,
    double appeal,
    long pause) {
  private static final String[] APPS = {"web", "shop-app", "outlet"};

  public static final Habits USUAL = new Habits(0.05, 0.05, 0, 2, 0, 0, 0);

  public Habits {
    check(reloads >= 0 && reloads <= 1, "reloads must be 0 to 1, not " + reloads);
    check(refunds >= 0 && refunds <= 1, "refunds must be 0 to 1, not " + refunds);
    check(reloads + refunds <= 1, "reloads and --refunds must be 1 together at most");
    check(internal >= 0 && internal <= 1, "internal must be 0 to 1, not " + internal);
    check(disguised >= 0 && disguised <= 1, "disguised-bots must be 0 to 1, not " + disguised);
    check(appeal >= 0 && appeal <= 1, "ad-appeal must be 0 to 1, not " + appeal);
    check(apps >= 1 && apps <= APPS.length, "apps must be 1 to " + APPS.length + ", not " + apps);
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** What follows a purchase; the bits are random. */
  After after(long bits) {
    double u = (Chance.mix(bits) >>> 11) * 0x1.0p-53;
    return u < reloads ? After.RELOAD : u < reloads + refunds ? After.REFUND : After.NOTHING;
  }

  /** The app of a visit; the bits are random. At least five visits in six come to the first app. */
  String app(long bits) {
    int drawn = (int) (bits >>> 32 & 0xFF) % 6;
    return APPS[drawn < 5 ? 0 : (int) (bits >>> 40 & 0xFF) % apps];
  }

  /** What follows a purchase. */
  enum After {
    NOTHING,
    RELOAD,
    REFUND
  }
}
