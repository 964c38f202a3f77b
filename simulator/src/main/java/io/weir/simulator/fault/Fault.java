package io.weir.simulator.fault;

/** A fault that events can have, with its share of all records. */
public sealed interface Fault {
  double share();

  /** The same bytes arrive again within a few minutes. */
  record Duplicate(double share) implements Fault {
    static final long LATEST = 5 * 60_000;

    public Duplicate {
      check("duplicates", share);
    }
  }

  /** The event arrives up to {@code by} milliseconds after it happened. */
  record Late(double share, long by) implements Fault {
    /** The shortest delay of a late event; shorter delays are out of order. */
    public static final long LEAST = 30_000;

    public Late {
      check("late", share);
      if (by <= LEAST || by >= 24 * 3_600_000L) {
        throw new IllegalArgumentException("late-by must be above 30s and below 24h");
      }
    }
  }

  /** The event arrives some seconds after younger events. */
  record OutOfOrder(double share) implements Fault {
    public OutOfOrder {
      check("out-of-order", share);
    }
  }

  /** A malformed copy of the event arrives beside it. */
  record Malformed(double share) implements Fault {
    public Malformed {
      check("malformed", share);
    }
  }

  /** The rules of all faults. */
  record Rules(Duplicate duplicate, Late late, OutOfOrder outOfOrder, Malformed malformed) {
    public Rules {
      if (duplicate.share() + malformed.share() > 0.9 || late.share() + outOfOrder.share() > 1) {
        throw new IllegalArgumentException(
            "duplicates and malformed may be 0.9 together at most, late and out-of-order 1");
      }
    }

    /** The number of records per event. */
    public double recordsPerEvent() {
      return 1 / (1 - duplicate.share() - malformed.share());
    }
  }

  private static void check(String name, double share) {
    if (!(share >= 0 && share <= 0.9)) {
      throw new IllegalArgumentException(name + "=" + share + " is not a share from 0 to 0.9");
    }
  }
}
