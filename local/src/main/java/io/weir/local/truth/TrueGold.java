package io.weir.local.truth;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares all relations of gold in PostgreSQL with the truth, row by row. */
public final class TrueGold {
  /** The relations that the truth does not have, and why. */
  public static final Map<String, String> LEFT_OUT =
      Map.ofEntries(
          Map.entry("gold.cell_versions", "cells as stored; the view of each subject is compared"),
          Map.entry("gold.cells", "as gold.cell_versions"),
          Map.entry("gold.sums", "as gold.cell_versions"),
          Map.entry("gold.session_revisions", "gold.session_metrics shows the rows that count"),
          Map.entry("gold.score_revisions", "a model's; the test compares the number of scores"),
          Map.entry("gold.session_scores", "as gold.score_revisions"),
          Map.entry("gold.challenger_revisions", "as gold.score_revisions"),
          Map.entry("gold.challenger_scores", "as gold.score_revisions"),
          Map.entry("gold.click_score_versions", "as gold.score_revisions"),
          Map.entry("gold.click_scores", "as gold.score_revisions"),
          Map.entry("gold.return_score_revisions", "as gold.score_revisions"),
          Map.entry("gold.session_return_scores", "as gold.score_revisions"),
          Map.entry("bi.return_scores", "as gold.score_revisions"),
          Map.entry("gold.identity_versions", "gold.identities shows the rows that count"),
          Map.entry("gold.positions", "offsets of lake-sink"),
          Map.entry("gold.progress", "follows the clock"),
          Map.entry("gold.quality", "by time of processing; the test compares the sums"),
          Map.entry("gold.quality_reasons", "as gold.quality"),
          Map.entry(
              "gold.restatements",
              "how often a row changed depends on when services commit; GoldCheck has the sums of"
                  + " late events and who may be in it"),
          Map.entry("gold.restatements_first", "a partition of gold.restatements"),
          Map.entry("gold.restatements_rest", "a partition of gold.restatements"),
          Map.entry("gold.restatement_months", "the partitions of gold.restatements"),
          Map.entry("gold.kept", "from when on rows are kept"),
          Map.entry("gold.reconciliations", "results of reconcile"),
          Map.entry("gold.lake_tables", "sizes of the lake's files"),
          Map.entry("gold.model_watches", "results of drift"),
          Map.entry("gold.model_drift", "as gold.model_watches"),
          Map.entry("gold.model_comparisons", "as gold.model_watches"),
          Map.entry("gold.rescores", "a model's scores"),
          Map.entry("gold.schema_history", "the migrations"));

  /** Relations without rows, because nobody erased or watched anything. */
  public static final Set<String> EMPTY =
      Set.of("gold.erased", "gold.erasures", "gold.alert_calls", "gold.alert_rules", "gold.alerts");

  /** The columns that the truth does not have, and why. */
  private static final Map<String, String> COLUMNS_LEFT_OUT =
      Map.ofEntries(
          Map.entry("version", "of the record that wrote the row"),
          Map.entry("updated_at", "the clock"),
          Map.entry("is_final", "follows the clock"),
          Map.entry("session_key", "a hash of visitor and start"),
          Map.entry("session_keys", "hashes"),
          Map.entry("referrer_domain", "no number; the class is compared"),
          Map.entry("goals", "compared by gold.goals_daily"),
          Map.entry("cart_products", "compared by gold.carts_daily, gold.abandoned_products"),
          Map.entry("event_time", "of the event that first named the user, as they arrived"),
          Map.entry("local_start", "start_time by the site's clock"));

  /** A view that repeats columns of another one. */
  private static final Map<String, String> REPEATS =
      Map.of("gold.people_sessions", "gold.session_metrics");

  /** Views that show columns of another one under another name. */
  private static final Map<String, String> COPIES =
      Map.of(
          "bi.fact_session", "gold.session_metrics",
          "bi.sessions_15m", "gold.sessions_15m",
          "bi.sessions_daily", "gold.sessions_daily");

  private static final int FETCHED = 10_000;

  private final Connection connection;
  private final GoldTruth truth;

  public TrueGold(Connection connection, GoldTruth truth) throws SQLException {
    this.connection = connection;
    this.truth = truth;
    for (Map.Entry<String, String> copy : COPIES.entrySet()) {
      GoldTruth.Table original = truth.table(copy.getValue());
      truth.tables().put(copy.getKey(), original.with(types(copy.getKey()).keySet()));
    }
  }

  /** All relations of gold, without the partitions of restatements by month. */
  public Set<String> relations() throws SQLException {
    var relations = new LinkedHashSet<String>();
    for (List<String> row :
        rows(
            "SELECT format('%s.%s', relnamespace::regnamespace, relname) FROM pg_class"
                + " WHERE relnamespace IN ('gold'::regnamespace, 'bi'::regnamespace)"
                + " AND relkind IN ('r', 'p', 'v', 'm', 'f')"
                + " AND relname !~ '^restatements_[0-9]'")) {
      relations.add(row.getFirst());
    }
    return relations;
  }

  /** The relations that must be compared. */
  public Set<String> compared() throws SQLException {
    Set<String> relations = relations();
    relations.removeAll(LEFT_OUT.keySet());
    relations.removeAll(EMPTY);
    return relations;
  }

  /** The columns of compared relations that neither the truth nor a reason has. */
  public List<String> forgottenColumns() throws SQLException {
    var forgotten = new ArrayList<String>();
    for (String relation : truth.tables().keySet()) {
      var columns = new LinkedHashSet<>(types(relation).keySet());
      columns.removeAll(COLUMNS_LEFT_OUT.keySet());
      columns.removeAll(truth.table(relation).columns());
      String repeated = REPEATS.get(relation);
      if (repeated != null) {
        columns.removeAll(truth.table(repeated).columns());
      }
      columns.forEach(column -> forgotten.add(relation + '.' + column));
    }
    return forgotten;
  }

  /** The differences of all tables; a few of each are told. */
  public List<String> differences() throws SQLException {
    var differences = new ArrayList<String>();
    for (Map.Entry<String, GoldTruth.Table> one : truth.tables().entrySet()) {
      differences.addAll(differences(one.getKey(), one.getValue()));
    }
    for (String relation : EMPTY) {
      if (!rows("SELECT '' FROM " + relation + " LIMIT 1").isEmpty()) {
        differences.add(relation + " has rows");
      }
    }
    return differences;
  }

  private List<String> differences(String name, GoldTruth.Table table) throws SQLException {
    var expected = new TreeMap<String, List<List<String>>>();
    table.rows().forEach(row -> add(row, table, expected));
    var found = new TreeMap<String, List<List<String>>>();
    each(
        select(name, table),
        row -> {
          List<List<String>> wanted = expected.get(key(row, table));
          if (wanted != null) {
            // Equal rows are held once: there are hundreds of thousands.
            int same = wanted.indexOf(row);
            add(same < 0 ? row : wanted.get(same), table, found);
          } else if (!isNothing(row, table)) {
            add(row, table, found);
          }
        });
    var keys = new LinkedHashSet<>(expected.keySet());
    keys.addAll(found.keySet());
    keys.removeIf(key -> same(expected.get(key), found.get(key)));
    var told =
        keys.stream()
            .limit(5)
            .map(key -> tell(name, table, expected.get(key), found.get(key)))
            .collect(Collectors.toCollection(ArrayList::new));
    if (keys.size() > told.size()) {
      told.add(name + ": " + keys.size() + " rows of " + expected.size() + " differ");
    }
    return told;
  }

  private static void add(
      List<String> row, GoldTruth.Table table, Map<String, List<List<String>>> rows) {
    rows.computeIfAbsent(key(row, table), _ -> new ArrayList<>()).add(row);
  }

  private static boolean same(
      @Nullable List<List<String>> expected, @Nullable List<List<String>> found) {
    return expected != null && found != null && sorted(expected).equals(sorted(found));
  }

  /** Rows with the same key come in any order. */
  private static List<String> sorted(List<List<String>> rows) {
    return rows.stream().map(List::toString).sorted().toList();
  }

  private static String tell(
      String name,
      GoldTruth.Table table,
      @Nullable List<List<String>> expected,
      @Nullable List<List<String>> found) {
    if (expected == null || found == null || expected.size() > 1 || found.size() > 1) {
      return name + ' ' + table.columns() + ": expected " + expected + ", found " + found;
    }
    var text = new StringBuilder(name + ' ' + key(expected.getFirst(), table) + ':');
    for (int i = table.keys(); i < table.columns().size(); i++) {
      String wanted = expected.getFirst().get(i);
      String is = found.getFirst().get(i);
      if (!wanted.equals(is)) {
        text.append(' ').append(table.columns().get(i)).append(" expected ").append(wanted);
        text.append(", found ").append(is).append(';');
      }
    }
    return text.toString();
  }

  private static String key(List<String> row, GoldTruth.Table table) {
    return row.subList(0, table.keys()).toString();
  }

  /** Whether a row counts nothing: a cell that fell to zero stays. */
  private static boolean isNothing(List<String> row, GoldTruth.Table table) {
    for (int i = table.keys(); i < row.size(); i++) {
      boolean isDay = table.columns().get(i).equals("day");
      if (!isDay && !Set.of("0", "", "null").contains(row.get(i))) {
        return false;
      }
    }
    return true;
  }

  private String select(String relation, GoldTruth.Table table) throws SQLException {
    Map<String, String> types = types(relation);
    return table.columns().stream()
        .map(column -> text(column, types.getOrDefault(column, "missing")))
        .collect(Collectors.joining(", ", "SELECT ", " FROM " + relation));
  }

  /** A column as the truth writes it. */
  private static String text(String column, String type) {
    return switch (type) {
      case "timestamp with time zone" -> "(extract(epoch FROM " + column + ") * 1000)::bigint";
      case "numeric" -> "trim_scale(" + column + ")";
      case "double precision" -> "trim_scale(round(" + column + "::numeric, 6))";
      case "boolean" -> column + "::text";
      case "jsonb" ->
          "coalesce((SELECT string_agg(one.key || '=' || trim_scale(one.value::numeric), ','"
              + " ORDER BY one.key COLLATE \"C\") FROM jsonb_each_text("
              + column
              + ") AS one WHERE one.value::numeric <> 0), '')";
      default -> column;
    };
  }

  private Map<String, String> types(String relation) throws SQLException {
    var types = new LinkedHashMap<String, String>();
    for (List<String> row :
        rows(
            "SELECT column_name, data_type FROM information_schema.columns"
                + " WHERE format('%s.%s', table_schema, table_name) = '"
                + relation
                + "' ORDER BY ordinal_position")) {
      types.put(row.getFirst(), row.getLast());
    }
    return types;
  }

  public List<List<String>> rows(String sql) throws SQLException {
    var rows = new ArrayList<List<String>>();
    each(sql, rows::add);
    return rows;
  }

  /** Reads in parts, which the driver does in a transaction only. */
  private void each(String sql, Consumer<List<String>> to) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCHED);
      try (ResultSet result = statement.executeQuery(sql)) {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          var row = new ArrayList<String>(columns);
          for (int i = 1; i <= columns; i++) {
            row.add(String.valueOf(result.getString(i)));
          }
          to.accept(row);
        }
      }
    } finally {
      connection.setAutoCommit(true);
    }
  }
}
