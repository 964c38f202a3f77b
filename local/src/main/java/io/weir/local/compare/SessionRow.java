package io.weir.local.compare;

import java.util.Map;

/**
 * A session in a form that both sides of the comparison have; values are numbers, true or false, by
 * column.
 */
public record SessionRow(String visitor, long start, long end, Map<String, String> values) {

  public SessionRow {
    values = Map.copyOf(values);
  }

  /** The key of a session: two sessions of one visitor cannot start at the same time. */
  Key key() {
    return new Key(visitor, start);
  }

  record Key(String visitor, long start) {}
}
