package io.weir.sink.write;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a batch to a table whose current ranks are known: rows to insert, and by day rows
 * to delete. A record that is not newer than the table changes nothing. A record that is not newer
 * than a remembered retraction inserts nothing, though it may delete the older row.
 */
record UpsertPlan(List<KeyedRow> inserts, Map<Integer, List<KeyedRow>> deletes) {

  static UpsertPlan of(
      Collection<KeyedRow> batch, Map<String, Long> known, Map<String, Long> retracted) {
    var inserts = new ArrayList<KeyedRow>();
    var deletes = new TreeMap<Integer, List<KeyedRow>>();
    for (KeyedRow row : batch) {
      Long before = known.get(row.key());
      if (before != null && row.rank() <= before) {
        continue;
      }
      if (!row.isRetracted() && isNewer(row, retracted.get(row.key()))) {
        inserts.add(row);
      }
      if (before != null && !Ranks.isRetracted(before)) {
        deletes.computeIfAbsent(row.day(), _ -> new ArrayList<>()).add(row);
      }
    }
    return new UpsertPlan(inserts, deletes);
  }

  private static boolean isNewer(KeyedRow row, @Nullable Long than) {
    return than == null || row.rank() > than;
  }
}
