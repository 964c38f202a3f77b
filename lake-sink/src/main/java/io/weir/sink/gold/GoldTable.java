package io.weir.sink.gold;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * A relation of schema {@code gold}: a view of the live rows over a table that keeps one row per
 * key with its version, retracted ones as well. That row is the tombstone: an older revision that
 * comes again finds it and changes nothing.
 */
public record GoldTable<T>(
    String view,
    String table,
    Function<T, String> key,
    ToIntFunction<T> version,
    Function<T, Boolean> retracted,
    List<GoldColumn<T>> columns) {

  public GoldTable {
    columns = List.copyOf(columns);
  }

  /** Statements that make it where it is missing. */
  List<String> definition() {
    return List.of(
        """
        CREATE TABLE IF NOT EXISTS gold.%s (
          session_key text PRIMARY KEY,
          version integer NOT NULL,
          retracted boolean NOT NULL,
          %s,
          updated_at timestamptz NOT NULL DEFAULT now())
        """
            .formatted(table, joined(column -> column.name() + " " + column.type())),
        """
        CREATE OR REPLACE VIEW gold.%s AS
          SELECT session_key, version, %s, updated_at FROM gold.%s WHERE NOT retracted
        """
            .formatted(view, joined(GoldColumn::name), table));
  }

  /** Key, version and retraction come first, then the columns. */
  String upsert() {
    return """
    INSERT INTO gold.%s AS t (session_key, version, retracted, %s)
    VALUES (?, ?, ?, %s)
    ON CONFLICT (session_key) DO UPDATE SET
      version = excluded.version, retracted = excluded.retracted, updated_at = now(), %s
    WHERE (excluded.version, excluded.retracted) > (t.version, t.retracted)
    """
        .formatted(
            table,
            joined(GoldColumn::name),
            joined(_ -> "?"),
            joined(column -> column.name() + " = excluded." + column.name()));
  }

  private String joined(Function<GoldColumn<T>, String> part) {
    return columns.stream().map(part).collect(Collectors.joining(", "));
  }
}
