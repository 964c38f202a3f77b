package io.weir.training.table;

import java.util.Locale;

/** The way in which a column's text becomes features. */
public enum ColumnKind {
  /** One feature with the number. */
  NUMBER,
  /** One feature, 1 for yes and 0 for no. */
  BOOLEAN,
  /** One feature per frequent value, 1 where the row has that value. */
  CATEGORY;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
