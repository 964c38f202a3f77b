package io.weir.stream.query.visitor;

import io.weir.stream.query.visitor.StateReader.Lookup;
import java.util.Optional;
import java.util.Set;

/**
 * The result of looking for a stored id in the partitions of this instance.
 *
 * @param found the visitor, from the live state or from a copy
 * @param searched the partitions that do not have the visitor: their state is live, or a copy that
 *     has seen all changes
 * @param partitions the number of partitions that all instances have together
 */
public record StoredSearch(Optional<Lookup.Found> found, Set<Integer> searched, int partitions) {
  public StoredSearch {
    searched = Set.copyOf(searched);
  }

  /** The same as one lookup, for an instance that knows which partitions were searched. */
  Lookup lookup() {
    return found.<Lookup>map(each -> each).orElseGet(() -> new Lookup.Absent(Lookup.LIVE));
  }
}
