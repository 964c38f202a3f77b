package io.weir.tools.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CellPairsTest {

  @Test
  void cellsOfOneSide_areFoundAtTheBeginTheMiddleAndTheEnd() throws SQLException {
    assertThat(
            merged(
                List.of(cell("b", 1), cell("d", 2)),
                List.of(cell("a", 3), cell("d", 2), cell("e", 4))))
        .containsExactly("a - 3", "b 1 -", "d 2 2", "e - 4");
  }

  @Test
  void emptySide_leavesAllCellsToTheOther() throws SQLException {
    assertThat(merged(List.of(), List.of(cell("", 3)))).containsExactly(" - 3");
    assertThat(merged(List.of(cell("", 3)), List.of())).containsExactly(" 3 -");
  }

  @Test
  void cellOfZeros_isNoCell() throws SQLException {
    assertThat(merged(List.of(cell("a", 1)), List.of(cell("a", 1), cell("b", 0))))
        .containsExactly("a 1 1");
  }

  /** UTF-16 sorts U+1F600 before U+FFFD, UTF-8 behind it. */
  @Test
  void order_isThatOfUtf8() throws SQLException {
    assertThat(
            merged(
                List.of(cell("\uFFFD", 1), cell("\uD83D\uDE00", 2)),
                List.of(cell("\uD83D\uDE00", 2))))
        .containsExactly("\uFFFD 1 -", "\uD83D\uDE00 2 2");
  }

  private static SessionCell cell(String value, int sessions) {
    return new SessionCell(
        new CellKey(RestCells.DAYS, "country", 0, false, value),
        sessions == 0 ? Map.of() : Map.of("sessions", BigDecimal.valueOf(sessions)));
  }

  private static List<String> merged(List<SessionCell> silver, List<SessionCell> gold)
      throws SQLException {
    var found = new ArrayList<String>();
    CellPairs.merge(
        listed(silver),
        listed(gold),
        (key, left, right) ->
            found.add(
                key.value()
                    + " "
                    + left.values().stream().findFirst().map(BigDecimal::toString).orElse("-")
                    + " "
                    + right.values().stream().findFirst().map(BigDecimal::toString).orElse("-")));
    return found;
  }

  private static SortedCells listed(List<SessionCell> cells) {
    Iterator<SessionCell> left = cells.iterator();
    return new SortedCells() {
      @Override
      public @Nullable SessionCell next() {
        return left.hasNext() ? left.next() : null;
      }

      @Override
      public void close() {
        // nothing is open
      }
    };
  }
}
