package io.weir.lake.gold;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * A relation of schema {@code gold}: a table, and a view of its live rows. The migrations of
 * lake-sink make both. The table has one row with a version per key, and keeps retracted rows as
 * tombstones, so an older revision that is read again changes nothing.
 *
 * @param beginsAnew whether versions begin anew when the topic is made anew, so that the rows of
 *     the former topic must go
 * @param check throws {@link IllegalArgumentException} with the reason if PostgreSQL cannot store
 *     the record
 */
public record GoldTable<T>(
    String view,
    String table,
    Key<T> key,
    ToLongFunction<T> version,
    Function<T, Boolean> retracted,
    boolean beginsAnew,
    List<GoldColumn<T>> columns,
    Consumer<T> check) {

  /**
   * The primary key's column, and how a record fills it.
   *
   * @param deleted the key that a record without a value deletes
   */
  public record Key<T>(String column, Function<T, String> of, Deleted deleted) {

    /** A key that is also the key of the topic's records. */
    Key(String column, Function<T, String> of) {
      this(column, of, (_, key) -> key);
    }
  }

  /** Derives the key of a row from a record of the topic. */
  public interface Deleted {
    String key(int partition, String recordKey);
  }

  public GoldTable {
    columns = List.copyOf(columns);
  }

  /** The key of a record's row, as PostgreSQL stores it. */
  public String keyOf(T record) {
    return GoldColumn.encodable(key.of().apply(record));
  }

  /** The key of the row that a record without a value deletes. */
  public String deletedKey(int partition, String recordKey) {
    return GoldColumn.encodable(key.deleted().key(partition, recordKey));
  }

  /** The name that people use, e.g. {@code gold.session_metrics}. */
  public String fullName() {
    return "gold." + view;
  }

  /**
   * The upsert statement. Its parameters are the key, the version, the retraction flag, then the
   * columns.
   */
  public String upsert() {
    return """
    INSERT INTO gold.%s AS t (%s, version, retracted, %s)
    VALUES (?, ?, ?, %s)
    ON CONFLICT (%s) DO UPDATE SET
      version = excluded.version, retracted = excluded.retracted, updated_at = now(), %s
    WHERE (excluded.version, excluded.retracted) > (t.version, t.retracted)
    """
        .formatted(
            table,
            key.column(),
            joined(GoldColumn::name),
            joined(_ -> "?"),
            key.column(),
            joined(column -> column.name() + " = excluded." + column.name()));
  }

  private String joined(Function<GoldColumn<T>, String> part) {
    return columns.stream().map(part).collect(Collectors.joining(", "));
  }
}
