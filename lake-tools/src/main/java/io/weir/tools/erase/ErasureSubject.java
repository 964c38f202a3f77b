package io.weir.tools.erase;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.data.Record;

/** The person that is erased: ids, and the keys of their sessions. */
record ErasureSubject(Set<String> ids, Set<String> sessions, Needles needles) {
  private static final String SESSION = "session_key";

  ErasureSubject {
    ids = Set.copyOf(ids);
    sessions = Set.copyOf(sessions);
  }

  static ErasureSubject of(Set<String> ids, Set<String> sessions) {
    return new ErasureSubject(ids, sessions, new Needles(new TreeSet<>(ids)));
  }

  boolean isIn(Record row) {
    return needles.areIn(row) || sessionOf(row).filter(sessions::contains).isPresent();
  }

  /** The key of the row's session, if it has one. */
  static Optional<String> sessionOf(Record row) {
    return row.struct().field(SESSION) != null && row.getField(SESSION) instanceof String key
        ? Optional.of(key)
        : Optional.empty();
  }
}
