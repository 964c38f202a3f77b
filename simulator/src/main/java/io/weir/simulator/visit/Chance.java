package io.weir.simulator.visit;

/** A small, fast generator (SplitMix64) that gives the same numbers for the same seed anywhere. */
public final class Chance {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  public Chance(long seed) {
    state = seed;
  }

  /** The seed of the part of the simulation that {@code which} names. */
  public static long seed(long seed, long which) {
    return mix(mix(seed) + GOLDEN * (which + 1));
  }

  /** Restarts the generator as if it were new with this seed. */
  public void restart(long seed) {
    state = seed;
  }

  public long bits() {
    state += GOLDEN;
    return mix(state);
  }

  /** Draws a number from 0 up to, but not including, 1. */
  public double unit() {
    return (bits() >>> 11) * 0x1.0p-53;
  }

  public boolean happens(double probability) {
    return unit() < probability;
  }

  /** Draws a number from 0 up to, but not including, the bound. */
  public int below(int bound) {
    return (int) (((bits() >>> 32) * bound) >>> 32);
  }

  /** Draws a number between the two, both included. */
  public long between(long least, long most) {
    return least + (long) (unit() * (most - least + 1));
  }

  /**
   * Draws from a nearly normal distribution with mean 0 and deviation 1: the sum of four uniform
   * draws.
   */
  double bell() {
    long bits = bits();
    long sum =
        (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48 & 0xFFFF);
    return (sum / 65_536.0 - 2) * 1.7320508;
  }

  /** A one-to-one mix of the bits: different numbers stay different. */
  static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
