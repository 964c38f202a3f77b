package io.weir.tools.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatementsTest {

  @Test
  void semicolon_endsAStatement_andTheRestStays() {
    var split = Statements.of("SELECT 1;\n SELECT 2 ; SELECT");

    assertThat(split.complete()).containsExactly("SELECT 1", "SELECT 2");
    assertThat(split.rest()).isEqualTo("SELECT");
    assertThat(split.all()).containsExactly("SELECT 1", "SELECT 2", "SELECT");
  }

  @Test
  void semicolonInsideQuotesOrComments_endsNothing() {
    var split =
        Statements.of("SELECT ';', \"a;b\", 'it''s;' -- one; two\n /* ; */, $$;$$, $t$;$t$;");

    assertThat(split.complete()).hasSize(1);
    assertThat(split.rest()).isEmpty();
  }

  @Test
  void openQuote_keepsTheStatementOpen() {
    assertThat(Statements.of("SELECT 'a;").rest()).isEqualTo("SELECT 'a;");
  }

  @Test
  void blankAndCommentedText_hasNoStatements() {
    assertThat(Statements.of(" ;; \n -- nothing here; at all\n").all()).isEmpty();
  }

  @Test
  void dollarOfAParameter_isAPlainCharacter() {
    assertThat(Statements.of("SELECT $1; SELECT 2;").complete())
        .containsExactly("SELECT $1", "SELECT 2");
  }
}
