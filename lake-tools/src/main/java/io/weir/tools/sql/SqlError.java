package io.weir.tools.sql;

import java.sql.SQLException;
import java.util.stream.Collectors;

/** DuckDB's message in one line: what is wrong and what was meant, without the position marker. */
final class SqlError {
  private static final String POSITION = "LINE ";

  private SqlError() {}

  static String line(SQLException e) {
    return String.valueOf(e.getMessage())
        .lines()
        .map(String::strip)
        .takeWhile(line -> !line.startsWith(POSITION))
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
