package io.weir.lake.commit;

/**
 * The commit protocol's view of a table: its markers, and one commit attempt at a time. The answers
 * describe the table at the last refresh.
 */
public interface Ledger {

  /** Reads the table again; throws when it cannot be read. */
  void refresh();

  /** The markers of the table's history, the newest first. */
  Iterable<Marker> history();

  /** Tries once to commit the files and the plan's marker, if the guard's condition holds. */
  Attempt attempt(CommitPlan plan, Changes changes, Guard guard);
}
