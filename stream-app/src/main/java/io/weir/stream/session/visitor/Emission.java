package io.weir.stream.session.visitor;

import io.weir.contract.avro.Session;

/**
 * The last emission about the session that starts at a time.
 *
 * @param digest stands for the content; another digest means a revision
 * @param isRetracted whether the session is gone; the entry stays, so that revisions of the key
 *     keep rising
 * @param robotEnd the end of the session if its row is a robot's, else {@link #NO_ROBOT}
 */
public record Emission(long start, int revision, long digest, boolean isRetracted, long robotEnd) {
  /** The end of a session that is gone, or whose row is a person's. */
  public static final long NO_ROBOT = Long.MIN_VALUE;

  /** The approximate number of bytes of an encoded emission. */
  static final int BYTES = 16;

  /** The emission of a row. */
  public static Emission of(Session row, long digest) {
    return new Emission(
        row.getStartTime(),
        row.getRevision(),
        digest,
        false,
        row.getIsBot() ? row.getEndTime() : NO_ROBOT);
  }

  /** The emission of a retraction. */
  public static Emission retracted(long start, int revision) {
    return new Emission(start, revision, 0, true, NO_ROBOT);
  }

  boolean isRobots() {
    return robotEnd != NO_ROBOT;
  }

  /** Whether the row is a robot's, and the session has that time. */
  boolean isRobotAt(long time) {
    return time <= robotEnd && start <= time;
  }

  /** Whether the row is a robot's, and the session has a part of that time. */
  boolean isRobotWithin(long first, long last) {
    return first <= robotEnd && start <= last;
  }
}
