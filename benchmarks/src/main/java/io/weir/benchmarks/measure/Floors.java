package io.weir.benchmarks.measure;

import java.util.Locale;

/** The floors of a benchmark: prints for each whether it holds, and knows whether all do. */
public final class Floors {
  private boolean areMet = true;

  public void atMost(String what, double found, double most, String unit) {
    boolean holds = found <= most;
    areMet &= holds;
    System.out.printf(
        Locale.ROOT,
        "%s: %.2f %s (at most %.2f: %s)%n",
        what,
        found,
        unit,
        most,
        holds ? "holds" : "MISSED");
  }

  public void atLeast(String what, double found, double least, String unit) {
    boolean holds = found >= least;
    areMet &= holds;
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f %s (at least %.1f: %s)%n",
        what,
        found,
        unit,
        least,
        holds ? "holds" : "MISSED");
  }

  /** 0 when all of them hold, else 1. */
  public int exitCode() {
    return areMet ? 0 : 1;
  }
}
