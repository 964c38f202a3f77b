package io.weir.tools.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class RowsTest {

  private static String print(RowFormat format, int width, String sql) throws SQLException {
    var text = new StringWriter();
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      format.printer(new PrintWriter(text, true), width).print(rows);
    }
    return text.toString();
  }

  @Test
  void table_hasNumbersToTheRight_andTheNumberOfRows() throws SQLException {
    String sql = "SELECT * FROM (VALUES ('a', 5), ('long', 1234)) AS t(name, amount)";

    assertThat(print(RowFormat.TABLE, 80, sql).lines())
        .containsExactly(
            "name | amount", //
            "-----+-------",
            "a    |      5",
            "long |   1234",
            "(2 rows)");
  }

  @Test
  void narrowPage_cutsTexts_notNumbers() throws SQLException {
    String sql = "SELECT repeat('x', 40) AS text, 1234567890 AS amount";

    assertThat(print(RowFormat.TABLE, 24, sql).lines())
        .containsExactly(
            "text        |     amount", //
            "------------+-----------",
            "xxxxxxxxxx… | 1234567890",
            "(1 row)");
  }

  @Test
  void csv_quotesWhatNeedsIt() throws SQLException {
    String sql = "SELECT 'a,b' AS x, 'say \"hi\"' AS y, NULL AS z, [1, 2] AS list, 1.50 AS n";

    assertThat(print(RowFormat.CSV, 80, sql))
        .isEqualTo("x,y,z,list,n\r\n\"a,b\",\"say \"\"hi\"\"\",,\"[1,2]\",1.50\r\n");
  }
}
