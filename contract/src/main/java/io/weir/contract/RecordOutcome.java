package io.weir.contract;

import java.util.Locale;

/**
 * The ways a raw record can end in a partition. At every commit {@code received + returned =
 * accepted + duplicate + rekeyed} + all that is rejected; late and robots are parts of the
 * accepted. The codes are stored in gold.
 */
public enum RecordOutcome {
  /** Came in its topic for the first time. */
  RECEIVED,
  /** Came back to the partition of its visitor after it was rekeyed elsewhere. */
  RETURNED,
  /** Was added to its visitor's events. */
  ACCEPTED,
  /** Was accepted, but came too late for any session. */
  LATE,
  /** Was accepted, and was sent by a robot, as its own agent says. */
  ROBOT,
  /** Had been accepted before. */
  DUPLICATE,
  /** Was sent on to the partition of its visitor. */
  REKEYED;

  private static final String REJECTED = "rejected:";

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The code for a record that was rejected. */
  public static String rejected(RejectReason reason) {
    return REJECTED + reason.code();
  }
}
