package io.weir.tools.reconcile;

import io.weir.contract.GoldKey.Grain;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;

/** The two sides of the comparison: silver and gold. */
interface Sides {

  /**
   * The moment of a look.
   *
   * @param snapshot the id of silver's snapshot; -1 if the table has none
   * @param goldAt PostgreSQL's time
   * @param folded the number of places where all values are compared as one
   */
  record Moment(long snapshot, Instant goldAt, int folded) {}

  /** Looks at the newest state of both sides, first at silver, and passes their cells on. */
  Moment look(Map<Grain, BucketRange> ranges, CellPairs pairs) throws SQLException;
}
