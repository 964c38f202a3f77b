package io.weir.simulator.visit;

/**
 * The seeds of everything that can be drawn again later, derived from the one seed of the
 * simulation.
 */
public final class VisitSeeds {
  private final long seed;
  private final Names names;
  private final Habits habits;

  public VisitSeeds(long seed) {
    this(seed, Habits.USUAL);
  }

  public VisitSeeds(long seed, Habits habits) {
    this.seed = seed;
    this.names = new Names(seed, habits);
    this.habits = habits;
  }

  Habits habits() {
    return habits;
  }

  public Names names() {
    return names;
  }

  boolean isBot(int visitor) {
    return names.isBot(visitor);
  }

  long arrivals() {
    return Chance.seed(seed, 1);
  }

  long liveArrivals() {
    return Chance.seed(seed, 2);
  }

  long visitors() {
    return Chance.seed(seed, 3);
  }

  long shape(int visitor, int number) {
    return Chance.seed(seed, ((long) visitor << 24 | number) * 2 + (1L << 60));
  }

  long content(int visitor, int number) {
    return Chance.seed(seed, ((long) visitor << 24 | number) * 2 + 1 + (1L << 60));
  }

  /** The seed of the faults in the given part of the simulation. */
  public long faults(int part) {
    return Chance.seed(seed, 10 + part);
  }
}
