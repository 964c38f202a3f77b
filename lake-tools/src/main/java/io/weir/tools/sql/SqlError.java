package io.weir.tools.sql;

import java.sql.SQLException;
import java.util.stream.Collectors;

/**
 * Prints DuckDB's message in one line: the error and the suggestion, without the position marker.
 */
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
