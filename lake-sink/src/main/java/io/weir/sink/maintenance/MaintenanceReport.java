package io.weir.sink.maintenance;

/** A summary of what maintenance did to a table, or would do. */
public record MaintenanceReport(
    String table, Packed packed, int manifests, int snapshots, int oldFiles, int orphans) {

  /**
   * The number of data files read and written, and of delete files that were merged into them or
   * applied to nothing.
   */
  record Packed(int read, int written, int deletes) {
    Packed plus(Packed other) {
      return new Packed(read + other.read, written + other.written, deletes + other.deletes);
    }
  }

  public boolean isEmpty() {
    return equals(new MaintenanceReport(table, new Packed(0, 0, 0), 0, 0, 0, 0));
  }

  @Override
  public String toString() {
    return table
        + ": "
        + packed.read
        + " files packed into "
        + packed.written
        + ", "
        + packed.deletes
        + " delete files merged, "
        + manifests
        + " manifests rewritten, "
        + snapshots
        + " snapshots expired, "
        + oldFiles
        + " files of old rows dropped, "
        + orphans
        + " orphans removed";
  }
}
