package io.weir.tools.rebuild;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.lake.gold.GoldColumn;
import io.weir.lake.gold.GoldTables;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the cells of two schemas, added up over partitions, in one snapshot of PostgreSQL. Every
 * number that the cells have is compared, in whatever version of gold.
 */
final class CellComparison {
  private static final int FETCHED = 5_000;

  /** The numbers of a cell. */
  static final List<String> COUNTS = columns("bigint");

  /** The amounts of a cell by currency. */
  static final List<String> AMOUNTS = columns("jsonb");

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final Connection connection;
  private final RebuildName name;
  private final String rebuilt;

  /** The cells that are compared: those of a grain that start in a range. */
  record Part(String grain, Instant from, Instant to) {}

  /** A number that the two sides do not share; a side without the cell has 0. */
  record Difference(
      String subject,
      String grain,
      Instant bucket,
      boolean isBot,
      String dimension,
      String value,
      String measure,
      BigDecimal live,
      BigDecimal rebuilt) {}

  /** How far the cells of one side are final, and the zone of its days; null without any. */
  record Progress(@Nullable String zone, @Nullable Instant settled) {}

  CellComparison(Connection connection, RebuildName name) {
    this.connection = connection;
    this.name = name;
    this.rebuilt = name.schema();
  }

  private static List<String> columns(String type) {
    return GoldTables.CELLS.columns().stream()
        .filter(column -> column.type().equals(type))
        .map(GoldColumn::name)
        .toList();
  }

  Progress live() throws SQLException {
    return progress("gold");
  }

  Progress rebuilt() throws SQLException {
    return progress(rebuilt);
  }

  private Progress progress(String schema) throws SQLException {
    String sql =
        """
        SELECT max(value), min(settled_until) FROM (
          SELECT DISTINCT ON (partition) value, settled_until FROM %s.cell_versions
          WHERE subject = 'progress' ORDER BY partition, settled_until DESC) AS of_partition
        """
            .formatted(schema);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      OffsetDateTime settled = rows.getObject(2, OffsetDateTime.class);
      return new Progress(rows.getString(1), settled == null ? null : settled.toInstant());
    }
  }

  /** The time before which gold has dropped its buckets of 15 minutes. */
  Instant quartersFrom() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT quarters_from FROM gold.kept")) {
      return rows.next() ? rows.getObject(1, OffsetDateTime.class).toInstant() : Instant.EPOCH;
    }
  }

  SwitchLoss loss() throws SQLException {
    return SwitchLoss.of(connection, name);
  }

  /** Gives every difference to the consumer, in order, and returns how many cells there are. */
  long run(Part part, Consumer<Difference> found) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql())) {
      statement.setFetchSize(FETCHED);
      for (int side = 0; side < 2; side++) {
        statement.setString(3 * side + 1, part.grain());
        statement.setObject(3 * side + 2, part.from().atOffset(ZoneOffset.UTC));
        statement.setObject(3 * side + 3, part.to().atOffset(ZoneOffset.UTC));
      }
      long cells = 0;
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          cells++;
          if (!rows.getBoolean("is_equal")) {
            differences(rows, found);
          }
        }
      }
      return cells;
    }
  }

  private String sql() throws SQLException {
    return """
    SELECT subject, grain, bucket_start, is_bot, dimension, value, %s,
      (%s) IS NOT DISTINCT FROM (%s) AS is_equal
    FROM (%s) AS l
    FULL JOIN (%s) AS r USING (subject, grain, bucket_start, is_bot, dimension, value)
    ORDER BY subject, bucket_start, is_bot, dimension, value
    """
        .formatted(
            joined(name -> "l." + name + " AS l_" + name + ", r." + name + " AS r_" + name),
            joined(name -> "l." + name),
            joined(name -> "r." + name),
            sums("gold.cell_versions"),
            sums(withErased()));
  }

  /**
   * Quality follows the clock, and a rebuild is at another time; progress counts nothing. Where a
   * value is not named because it contained an erased id, all values are one.
   */
  private String sums(String cells) throws SQLException {
    return """
    SELECT subject, grain, bucket_start, is_bot, dimension,
      CASE
        WHEN (subject, grain, bucket_start, is_bot, dimension) IN (
          SELECT %s, grain, bucket_start, is_bot, dimension
          FROM gold.erased WHERE value = '(other)')
        THEN '(all)'
        ELSE value
      END AS value, %s, %s
    FROM %s
    WHERE subject NOT IN ('progress', 'quality') AND grain = ? AND bucket_start >= ?
      AND bucket_start < ?
    GROUP BY 1, 2, 3, 4, 5, 6
    """
        .formatted(
            erased().apply("subject"),
            COUNTS.stream()
                .map(name -> "sum(%s) AS %s".formatted(name, name))
                .collect(Collectors.joining(", ")),
            AMOUNTS.stream()
                .map(name ->
                    "gold.sum_revenue(array_agg(%s) FILTER (WHERE %s <> '{}')) AS %s"
                        .formatted(name, name, name))
                .collect(Collectors.joining(", ")),
            cells);
  }

  /**
   * The lake does not have what was erased any more, and gold keeps its sums, until a switch has
   * carried them into the rebuilt cells.
   */
  private String withErased() throws SQLException {
    if (!new RebuildNotes(connection, name).of(RebuildNotes.CARRIED).isEmpty()) {
      return rebuilt + ".cell_versions";
    }
    String place = "grain, bucket_start, is_bot, dimension, value, ";
    return """
    (SELECT subject, %s FROM %s.cell_versions
     UNION ALL SELECT %s FROM gold.erased) AS both_kinds
    """
        .formatted(
            place + joined(name -> name),
            rebuilt,
            erased().apply("subject") + ", " + place + joined(erased()));
  }

  /** The columns of {@code gold.erased}, with nothing where it has no such column. */
  private Function<String, String> erased() throws SQLException {
    var found = new HashSet<String>();
    try (ResultSet columns = connection.getMetaData().getColumns(null, "gold", "erased", "%")) {
      while (columns.next()) {
        found.add(columns.getString("COLUMN_NAME"));
      }
    }
    return name ->
        found.contains(name)
            ? name
            : name.equals("subject") ? "'sessions'" : COUNTS.contains(name) ? "0" : "'{}'::jsonb";
  }

  private String joined(Function<String, String> part) {
    return Stream.concat(COUNTS.stream(), AMOUNTS.stream())
        .map(part)
        .collect(Collectors.joining(", "));
  }

  private void differences(ResultSet rows, Consumer<Difference> found) throws SQLException {
    for (String name : COUNTS) {
      report(rows, name, number(rows, "l_" + name), number(rows, "r_" + name), found);
    }
    for (String name : AMOUNTS) {
      JsonNode live = amounts(rows.getString("l_" + name));
      JsonNode other = amounts(rows.getString("r_" + name));
      var keys = new TreeSet<String>();
      live.fieldNames().forEachRemaining(keys::add);
      other.fieldNames().forEachRemaining(keys::add);
      for (String key : keys) {
        report(rows, name + " " + key, amount(live, key), amount(other, key), found);
      }
    }
  }

  private static void report(
      ResultSet rows,
      String measure,
      BigDecimal live,
      BigDecimal rebuilt,
      Consumer<Difference> found)
      throws SQLException {
    if (live.compareTo(rebuilt) != 0) {
      found.accept(
          new Difference(
              rows.getString("subject"),
              rows.getString("grain"),
              rows.getObject("bucket_start", OffsetDateTime.class).toInstant(),
              rows.getBoolean("is_bot"),
              rows.getString("dimension"),
              rows.getString("value"),
              measure,
              live,
              rebuilt));
    }
  }

  private static BigDecimal number(ResultSet rows, String name) throws SQLException {
    BigDecimal number = rows.getBigDecimal(name);
    return number == null ? BigDecimal.ZERO : number;
  }

  private static JsonNode amounts(@Nullable String json) throws SQLException {
    try {
      return MAPPER.readTree(json == null ? "{}" : json);
    } catch (JsonProcessingException e) {
      throw new SQLException("no amounts: " + json, e);
    }
  }

  private static BigDecimal amount(JsonNode amounts, String key) {
    JsonNode amount = amounts.get(key);
    return amount == null ? BigDecimal.ZERO : amount.decimalValue();
  }
}
