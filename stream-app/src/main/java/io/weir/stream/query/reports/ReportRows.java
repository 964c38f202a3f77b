package io.weir.stream.query.reports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows of PostgreSQL as values of an answer. */
record ReportRows(
    List<String> columns, List<Map<String, @Nullable Object>> rows, boolean isTruncated) {
  private static final JsonFactory JSON = new JsonFactory();

  static ReportRows read(ResultSet result, int most) throws SQLException {
    ResultSetMetaData about = result.getMetaData();
    var columns = new ArrayList<String>();
    for (int i = 1; i <= about.getColumnCount(); i++) {
      columns.add(about.getColumnLabel(i));
    }
    var rows = new ArrayList<Map<String, @Nullable Object>>();
    while (result.next()) {
      if (rows.size() == most) {
        return new ReportRows(columns, rows, true);
      }
      var row = new LinkedHashMap<String, @Nullable Object>();
      for (int i = 1; i <= columns.size(); i++) {
        row.put(columns.get(i - 1), value(result, i, about.getColumnTypeName(i)));
      }
      rows.add(row);
    }
    return new ReportRows(columns, rows, false);
  }

  private static @Nullable Object value(ResultSet row, int column, String type)
      throws SQLException {
    Object value =
        switch (type) {
          case "int2", "int4", "int8" -> row.getLong(column);
          case "numeric" -> row.getBigDecimal(column);
          case "float4", "float8" -> row.getDouble(column);
          case "bool" -> row.getBoolean(column);
          case "timestamptz" -> time(row.getTimestamp(column));
          case "jsonb" -> amounts(row.getString(column));
          default -> row.getString(column);
        };
    return row.wasNull() ? null : value;
  }

  private static @Nullable String time(@Nullable Timestamp time) {
    return time == null ? null : time.toInstant().toString();
  }

  /** Amounts by currency, each with all its digits. */
  private static @Nullable Map<String, BigDecimal> amounts(@Nullable String json) {
    if (json == null) {
      return null;
    }
    var amounts = new TreeMap<String, BigDecimal>();
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String currency = parser.currentName();
        parser.nextToken();
        amounts.put(currency, new BigDecimal(parser.getText()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return amounts;
  }
}
