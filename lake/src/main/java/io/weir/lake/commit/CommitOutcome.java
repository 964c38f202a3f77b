package io.weir.lake.commit;

/** The result of a commit, named for what the writer may do next. */
public sealed interface CommitOutcome {

  /** The files and offsets are in the table. */
  record Committed() implements CommitOutcome {}

  /**
   * The files and offsets are not in the table and cannot get there: another writer moved a
   * partition, or files were removed as orphans. The writer drops its files.
   */
  record Stale(String reason) implements CommitOutcome {}

  /**
   * The result is not known yet. The writer keeps the files, deletes nothing, and tries the same
   * plan again.
   */
  record Unknown(String reason) implements CommitOutcome {}
}
