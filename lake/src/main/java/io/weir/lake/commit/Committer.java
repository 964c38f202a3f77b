package io.weir.lake.commit;

/** Takes a plan and its files into a table. */
public interface Committer {

  /**
   * Commits, or finds that it was done before: calling it again with the same plan is always safe.
   */
  CommitOutcome commit(CommitPlan plan, Changes changes);

  /** The table's offsets now. */
  Offsets offsets();
}
