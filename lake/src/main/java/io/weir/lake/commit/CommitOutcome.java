package io.weir.lake.commit;

/** The result of a commit, named for what the writer may do next. */
public sealed interface CommitOutcome {

  /** The files and offsets are in the table. */
  record Committed() implements CommitOutcome {}

  /**
   * They are not and cannot be: another writer moved a partition, or files were taken for orphans.
   * Give the files up.
   */
  record Stale(String reason) implements CommitOutcome {}

  /** Nobody knows yet: keep the files, delete nothing, ask again with the same plan. */
  record Unknown(String reason) implements CommitOutcome {}
}
