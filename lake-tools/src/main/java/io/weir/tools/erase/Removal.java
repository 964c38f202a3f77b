package io.weir.tools.erase;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.data.Record;

/** Follows the removal of rows from a table. */
interface Removal {
  /** A removal that nobody follows. */
  Removal UNSEEN =
      new Removal() {
        @Override
        public Optional<String> keyOf(Record row) {
          return Optional.empty();
        }

        @Override
        public Map<String, String> begin(Snapshot start, Set<String> rows) {
          return Map.of();
        }

        @Override
        public void end() {
          // Nothing was begun.
        }
      };

  /** The key by which a row that will be removed is named to {@link #begin}. */
  Optional<String> keyOf(Record row);

  /**
   * Notes what one commit will remove from a snapshot. Returns what the summary of the commit says.
   *
   * @param rows their keys
   */
  Map<String, String> begin(Snapshot start, Set<String> rows) throws SQLException;

  /** Notes that the commit was made. */
  void end() throws SQLException;
}
