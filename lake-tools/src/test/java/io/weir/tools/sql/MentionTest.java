package io.weir.tools.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MentionTest {
  private static final TableIdentifier SESSIONS = TableIdentifier.of("silver", "sessions");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 FROM silver.sessions",
        "select 1 from SILVER.\"Sessions\"",
        "FROM sessions",
        "SELECT * FROM information_schema.columns",
        "SHOW ALL TABLES",
        "SELECT * FROM query('FROM silver.' || 'ses' || 'sions')",
        "SELECT * FROM query_table('x' || 'y')",
        "SELECT * FROM duckdb_views()"
      })
  void statementThatMayReadTheTable_mentionsIt(String sql) {
    assertThat(new Mention(sql).isOf(SESSIONS)).isTrue();
  }

  @Test
  void statementOnAnotherTable_doesNot() {
    assertThat(new Mention("SELECT count(*) FROM silver.events").isOf(SESSIONS)).isFalse();
  }
}
