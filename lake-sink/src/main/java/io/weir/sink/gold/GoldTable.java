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

  private static final String KEY = "session_key";
  private static final String VERSION = "version";
  private static final String RETRACTED = "retracted";

  public GoldTable {
    columns = List.copyOf(columns);
  }

  /** Statements that make it where it is missing. */
  List<String> definition() {
    String body =
        columns.stream().map(c -> c.name() + " " + c.type()).collect(Collectors.joining(", "));
    String names = columns.stream().map(GoldColumn::name).collect(Collectors.joining(", "));
    return List.of(
        "CREATE TABLE IF NOT EXISTS gold."
            + table
            + " ("
            + KEY
            + " text PRIMARY KEY, "
            + VERSION
            + " integer NOT NULL, "
            + RETRACTED
            + " boolean NOT NULL, "
            + body
            + ", updated_at timestamptz NOT NULL DEFAULT now())",
        "CREATE OR REPLACE VIEW gold."
            + view
            + " AS SELECT "
            + KEY
            + ", "
            + VERSION
            + ", "
            + names
            + ", updated_at FROM gold."
            + table
            + " WHERE NOT "
            + RETRACTED);
  }

  /** Key, version and retraction come first, then the columns. */
  String upsert() {
    String names = columns.stream().map(GoldColumn::name).collect(Collectors.joining(", "));
    String marks = columns.stream().map(_ -> "?").collect(Collectors.joining(", "));
    String sets =
        columns.stream()
            .map(c -> c.name() + " = excluded." + c.name())
            .collect(Collectors.joining(", "));
    return "INSERT INTO gold."
        + table
        + " AS t ("
        + KEY
        + ", "
        + VERSION
        + ", "
        + RETRACTED
        + ", "
        + names
        + ") VALUES (?, ?, ?, "
        + marks
        + ") ON CONFLICT ("
        + KEY
        + ") DO UPDATE SET "
        + VERSION
        + " = excluded."
        + VERSION
        + ", "
        + RETRACTED
        + " = excluded."
        + RETRACTED
        + ", "
        + sets
        + ", updated_at = now() WHERE (excluded."
        + VERSION
        + ", excluded."
        + RETRACTED
        + ") > (t."
        + VERSION
        + ", t."
        + RETRACTED
        + ")";
  }
}
