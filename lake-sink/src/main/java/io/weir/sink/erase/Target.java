package io.weir.sink.erase;

import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.data.Record;

/** Who is forgotten: ids, and the keys of the sessions they had. */
record Target(Set<String> ids, Set<String> sessions, Needles needles) {
  private static final String SESSION = "session_key";

  Target {
    ids = Set.copyOf(ids);
    sessions = Set.copyOf(sessions);
  }

  static Target of(Set<String> ids, Set<String> sessions) {
    return new Target(ids, sessions, new Needles(new TreeSet<>(ids)));
  }

  boolean isIn(Record row) {
    return needles.areIn(row)
        || (row.struct().field(SESSION) != null
            && row.getField(SESSION) instanceof String key
            && sessions.contains(key));
  }
}
