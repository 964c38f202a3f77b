package io.weir.tools.erase;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** Follows the removal of sessions from a table. */
interface Removal {
  /** A removal that nobody follows. */
  Removal UNSEEN =
      new Removal() {
        @Override
        public Map<String, String> begin(Table table, Snapshot start, Set<String> sessions) {
          return Map.of();
        }

        @Override
        public void end() {
          // Nothing was begun.
        }
      };

  /**
   * Notes what one commit will remove from a snapshot. Returns what the summary of the commit says.
   */
  Map<String, String> begin(Table table, Snapshot start, Set<String> sessions) throws SQLException;

  /** Notes that the commit was made. */
  void end() throws SQLException;
}
