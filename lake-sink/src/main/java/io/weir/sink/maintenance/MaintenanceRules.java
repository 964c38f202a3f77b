package io.weir.sink.maintenance;

import java.time.Duration;

/**
 * The rules of maintenance: the size of packed files, how long snapshots and retractions are kept,
 * and the age at which files of no table are deleted.
 */
public record MaintenanceRules(
    long fileBytes, Duration snapshotAge, Duration orphanAge, Duration retractionsKept) {

  public MaintenanceRules {
    if (fileBytes < 1 || snapshotAge.isNegative() || orphanAge.isNegative()) {
      throw new IllegalArgumentException("no rules: " + fileBytes + " " + snapshotAge);
    }
  }
}
