package io.weir.lake.commit;

/**
 * A table as the protocol sees it: the markers it has, and one step forward at a time. What it says
 * is as of the last refresh.
 */
public interface Ledger {

  /** Reads the table again; throws when it cannot be read. */
  void refresh();

  /** The markers of the table's history, the newest first. */
  Iterable<Marker> history();

  /** Tries once to take the files and the plan's marker in, as long as the guard allows it. */
  Attempt attempt(CommitPlan plan, Changes changes, Guard guard);
}
