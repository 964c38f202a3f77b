package io.weir.lake.commit;

/** Commits a plan and its files to a table. */
public interface Committer {

  /**
   * Commits the plan, or finds it in the table. A call with the same plan may always be repeated.
   */
  CommitOutcome commit(CommitPlan plan, Changes changes);

  /** Reads the table's current offsets. */
  Offsets offsets();
}
