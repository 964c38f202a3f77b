package io.weir.local.compare;

import java.util.Map;

/**
 * A session as both sides of the comparison see it; values are numbers, true or false, by column.
 */
public record SessionRow(String visitor, long start, long end, Map<String, String> values) {

  public SessionRow {
    values = Map.copyOf(values);
  }

  /** Two sessions of one visitor cannot start at the same time. */
  Key key() {
    return new Key(visitor, start);
  }

  record Key(String visitor, long start) {}
}
