package io.weir.tools.reconcile;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;

/** The two sides of the comparison: silver and gold. */
interface Sides {

  /**
   * The moment of a look.
   *
   * @param silver silver's snapshots
   * @param goldAt PostgreSQL's time
   * @param folded the number of places where all values are compared as one
   */
  record Moment(Snapshots silver, Instant goldAt, int folded) {}

  /**
   * The ids of the snapshots of silver's tables; -1 for a table that has none.
   *
   * @param sessions of silver.sessions
   * @param events of silver.events
   */
  record Snapshots(long sessions, long events) {}

  /** Looks at the newest state of both sides, first at silver, and passes their cells on. */
  Moment look(Map<CellGroup, BucketRange> ranges, CellPairs pairs) throws SQLException;
}
