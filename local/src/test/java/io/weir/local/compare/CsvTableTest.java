package io.weir.local.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.local.compare.CsvTable.MalformedTableException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {

  @Test
  void plainRows_areReadByColumnName() {
    CsvTable table = CsvTable.parse("a,b\n1,2\n3,\n");

    assertThat(table.rows()).containsExactly(List.of("1", "2"), List.of("3", ""));
    assertThat(table.value(table.rows().getFirst(), "b")).isEqualTo("2");
  }

  @Test
  void quotedField_keepsCommasQuotesAndLineBreaks() {
    CsvTable table = CsvTable.parse("a,b\r\n\"x, \"\"y\"\"\nz\",2\r\n");

    assertThat(table.rows()).containsExactly(List.of("x, \"y\"\nz", "2"));
  }

  @Test
  void lastLine_needsNoLineBreak() {
    assertThat(CsvTable.parse("a\n1").rows()).containsExactly(List.of("1"));
  }

  @Test
  void emptyText_hasNoColumns() {
    assertThat(CsvTable.parse("").columns()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b\n1\n", "a\n1,2\n"})
  void raggedRow_isRefusedWithItsLine(String text) {
    assertThatThrownBy(() -> CsvTable.parse(text))
        .isInstanceOf(MalformedTableException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void openQuote_isRefusedWithItsLine() {
    assertThatThrownBy(() -> CsvTable.parse("a\n1\n\"x\ny"))
        .isInstanceOf(MalformedTableException.class)
        .hasMessageContaining("line 3: a quote is never closed");
  }

  @Test
  void textAfterAQuote_isRefusedWithItsLine() {
    assertThatThrownBy(() -> CsvTable.parse("a,b\n\"x\"y,2\n"))
        .isInstanceOf(MalformedTableException.class)
        .hasMessageContaining("line 2: text after a closing quote");
  }

  @Test
  void repeatedColumn_isRefused() {
    assertThatThrownBy(() -> CsvTable.parse("a,a\n1,2\n"))
        .isInstanceOf(MalformedTableException.class)
        .hasMessageContaining("column a appears twice");
  }
}
