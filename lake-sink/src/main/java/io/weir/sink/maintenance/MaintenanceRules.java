package io.weir.sink.maintenance;

import java.time.Duration;

/**
 * What tables should look like: the size files are packed to, how long snapshots and retractions
 * are kept, and how old a file that no table knows must be before it is deleted.
 */
public record MaintenanceRules(
    long fileBytes, Duration snapshotAge, Duration orphanAge, Duration retractionsKept) {

  public MaintenanceRules {
    if (fileBytes < 1 || snapshotAge.isNegative() || orphanAge.isNegative()) {
      throw new IllegalArgumentException("no rules: " + fileBytes + " " + snapshotAge);
    }
  }
}
