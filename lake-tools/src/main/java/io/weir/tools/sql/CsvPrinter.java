package io.weir.tools.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints rows as comma-separated values (RFC 4180) with a header, and lists and maps as JSON. */
final class CsvPrinter implements RowPrinter {
  private static final JsonFactory JSON = new JsonFactory();

  private final PrintWriter out;

  CsvPrinter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void print(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int width = columns.getColumnCount();
    for (int i = 1; i <= width; i++) {
      out.print((i == 1 ? "" : ",") + quoted(columns.getColumnLabel(i)));
    }
    out.print("\r\n");
    while (rows.next()) {
      for (int i = 1; i <= width; i++) {
        out.print((i == 1 ? "" : ",") + quoted(text(Cell.plain(rows, i))));
      }
      out.print("\r\n");
    }
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case List<?> list -> json(list);
      case Map<?, ?> map -> json(map);
      default -> value.toString();
    };
  }

  private static String json(Object value) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      JsonPrinter.write(json, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static String quoted(String value) {
    boolean isPlain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
