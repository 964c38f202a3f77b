package io.weir.lake.table;

import java.time.DateTimeException;
import java.time.Instant;
import org.apache.iceberg.Table;

/**
 * The time before which retention has removed rows of a table, by the column whose day is the
 * partition. It is stored as a property of the table, before the rows go, and never goes back.
 */
public final class KeptFrom {
  private static final String PROPERTY = "weir.kept-from";

  private KeptFrom() {}

  /** {@link Instant#EPOCH} if retention has removed nothing. */
  public static Instant of(Table table) {
    String text = table.properties().get(PROPERTY);
    try {
      return text == null ? Instant.EPOCH : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalStateException(
          "the property " + PROPERTY + " of " + table.name() + " is no time: " + text, e);
    }
  }

  /** Stores a time, unless a later one is stored. */
  public static void raise(Table table, Instant time) {
    table.refresh();
    if (time.isAfter(of(table))) {
      table.updateProperties().set(PROPERTY, time.toString()).commit();
    }
  }
}
