package io.weir.sink.maintenance;

import java.time.Duration;

/**
 * The rules of maintenance: the size of packed files, how long snapshots and rows are kept, and the
 * age at which files of no table are deleted.
 */
public record MaintenanceRules(
    long fileBytes, Duration snapshotAge, Duration orphanAge, Kept kept) {

  public MaintenanceRules {
    if (fileBytes < 1 || snapshotAge.isNegative() || orphanAge.isNegative()) {
      throw new IllegalArgumentException("no rules: " + fileBytes + " " + snapshotAge);
    }
  }

  /** The times for which rows are kept; zero means for good. */
  public record Kept(Duration bronze, Duration silver, Duration retractions) {

    /** Bronze and silver for good. */
    public static Kept retractions(Duration retractions) {
      return new Kept(Duration.ZERO, Duration.ZERO, retractions);
    }
  }
}
