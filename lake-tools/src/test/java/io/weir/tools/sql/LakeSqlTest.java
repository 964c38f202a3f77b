package io.weir.tools.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LakeSqlTest {
  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private LakeSql session;

  @BeforeEach
  void open() throws SQLException {
    catalog.initialize("test", Map.of());
    add("bronze", "rejected", "reason");
    add("silver", "sessions", "session_key");
    session = LakeSql.open(catalog);
  }

  @AfterEach
  void close() throws Exception {
    session.close();
    catalog.close();
  }

  private void add(String namespace, String name, String column) {
    if (!catalog.namespaceExists(Namespace.of(namespace))) {
      catalog.createNamespace(Namespace.of(namespace));
    }
    catalog.createTable(
        TableIdentifier.of(namespace, name),
        new Schema(Types.NestedField.required(1, column, Types.StringType.get())));
  }

  private String csv(String sql) throws SQLException {
    var text = new StringWriter();
    session.run(sql, new CsvPrinter(new PrintWriter(text, true)));
    return text.toString().replace("\r\n", " ").strip();
  }

  private void fails(String sql, String line) {
    assertThatThrownBy(() -> csv(sql))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(SqlError.line(e)).isEqualTo(line));
  }

  @Test
  void showTables_hasTheNamesOfTheDocuments() throws SQLException {
    assertThat(csv("show tables;")).isEqualTo("name bronze.rejected silver.sessions");
  }

  @Test
  void informationSchema_hasTheViewsAndNothingElse() throws SQLException {
    assertThat(csv("SELECT table_schema, table_name FROM information_schema.tables ORDER BY ALL"))
        .isEqualTo("table_schema,table_name bronze,rejected silver,sessions");
  }

  @Test
  void table_answersWithAndWithoutItsSchema() throws SQLException {
    assertThat(csv("SELECT count(*) AS n FROM silver.sessions")).isEqualTo("n 0");
    assertThat(csv("SELECT count(*) AS n FROM Sessions")).isEqualTo("n 0");
  }

  @Test
  void ownView_readsTheLake() throws SQLException {
    csv("CREATE VIEW mine AS SELECT session_key FROM silver.sessions");

    assertThat(csv("SELECT count(*) AS n FROM mine")).isEqualTo("n 0");
    assertThat(csv("SHOW TABLES")).isEqualTo("name bronze.rejected mine silver.sessions");
  }

  @Test
  void newColumn_isSeenByTheNextStatement() throws SQLException {
    csv("SELECT * FROM silver.sessions");
    catalog
        .loadTable(TableIdentifier.of("silver", "sessions"))
        .updateSchema()
        .addColumn("device", Types.StringType.get())
        .commit();

    assertThat(csv("SELECT * FROM silver.sessions")).isEqualTo("session_key,device");
  }

  @Test
  void misspelledTable_isOneLineWithTheTableThatWasMeant() {
    fails(
        "SELECT * FROM silver.sesions",
        "Catalog Error: Table with name sesions does not exist! Did you mean \"sessions\"?");
  }

  @Test
  void misspelledColumn_isOneLineWithTheColumnThatWasMeant() {
    fails(
        "SELECT session_kee FROM silver.sessions",
        "Binder Error: Referenced column \"session_kee\" not found in FROM clause!"
            + " Candidate bindings: \"session_key\"");
  }

  @Test
  void failedStatement_leavesTheSessionUsable() throws SQLException {
    assertThatThrownBy(() -> csv("SELCT")).hasMessageContaining("Parser Error");

    assertThat(csv("SELECT 1 AS one")).isEqualTo("one 1");
  }

  /** Two million rows fail where none is streamed yet, because they are sorted. */
  @Test
  void streamedQueryThatFails_saysWhy_andTheNextOneIsStreamed() throws SQLException {
    try (LakeSql streaming = LakeSql.streaming(catalog)) {
      assertThatThrownBy(() -> streaming.query(failing(), at -> at.setLong(1, 1_900_000)))
          .hasMessageContaining("a bad row");

      try (ResultSet rows =
              streaming.query("SELECT count(*) FROM range(?)", at -> at.setLong(1, 7));
          Statement _ = rows.getStatement()) {
        rows.next();
        assertThat(rows.getLong(1)).isEqualTo(7);
      }
      try (ResultSet rows =
              streaming.query("SELECT current_setting('jdbc_stream_results')", _ -> {});
          Statement _ = rows.getStatement()) {
        rows.next();
        assertThat(rows.getBoolean(1)).isTrue();
      }
    }
  }

  private static String failing() {
    return """
    SELECT if(i = ?, error('a bad row'), i) AS each
    FROM range(2_000_000) AS rows(i)
    ORDER BY each\
    """;
  }
}
