package io.weir.stream.gold.days;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Visitors whose days become active and inactive in random orders: the cells count the same
 * visitors as a set of days for each visitor does.
 */
class DayCellsTest {
  private static final int VISITORS = 40;
  private static final int TURNS = 2_500;
  private static final int RANGES = 40;

  private final DayCells cells = new DayCells();

  /** A visitor's record, and the plain set it is compared with. */
  private static final class Visitor {
    private final ActiveDays record = new ActiveDays();
    private final TreeSet<Integer> days = new TreeSet<>();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void visitorsOfAnyRange_areThoseOfTheSets(long seed) {
    var random = new Random(seed);
    List<Visitor> visitors = new ArrayList<>();
    for (int i = 0; i < VISITORS; i++) {
      visitors.add(new Visitor());
    }
    int now = random.nextInt(-300, 20_000);
    int first = now;
    for (int turn = 0; turn < TURNS; turn++) {
      // Mostly a day or none, now and then more than the bitmap holds.
      now += random.nextInt(60) == 0 ? random.nextInt(700) : random.nextInt(2);
      for (int i = 0; i < 3; i++) {
        change(visitors.get(random.nextInt(VISITORS)), now, random);
      }
      if (turn % 50 == 0) {
        compareRanges(visitors, first, now, random);
      }
    }
  }

  private void change(Visitor visitor, int now, Random random) {
    int day = now - random.nextInt(random.nextBoolean() ? 3 : ActiveDays.REACH + 1);
    int changes;
    if (random.nextInt(3) == 0 && !visitor.days.isEmpty()) {
      Integer near = visitor.days.ceiling(day);
      int gone = near == null ? day : near;
      boolean isActive = visitor.days.remove(gone);
      changes = counted(counting -> visitor.record.deactivate(gone, counting));
      assertThat(changes > 0).isEqualTo(isActive);
    } else {
      boolean isNew = visitor.days.add(day);
      changes = counted(counting -> visitor.record.activate(day, counting));
      assertThat(changes > 0).isEqualTo(isNew);
    }
    assertThat(changes).isLessThanOrEqualTo(3);
    assertThat(visitor.record.isEmpty()).isEqualTo(visitor.days.isEmpty());
  }

  private interface Change {
    void make(ActiveDays.Changes changes);
  }

  private int counted(Change change) {
    var count = new int[1];
    change.make((cell, difference) -> {
      count[0]++;
      cells.add(cell, difference);
    });
    return count[0];
  }

  private void compareRanges(List<Visitor> visitors, int first, int now, Random random) {
    for (int i = 0; i < RANGES; i++) {
      int from = random.nextInt(first - ActiveDays.REACH, now + 1);
      int to = from + random.nextInt(DayCell.LONG_AGO);
      assertThat(cells.visitors(from, to))
          .as("visitors from %d to %d", from, to)
          .isEqualTo(visitors.stream().filter(each -> isActive(each, from, to)).count());
      assertThat(cells.newVisitors(from, to))
          .as("new visitors from %d to %d", from, to)
          .isEqualTo(visitors.stream().filter(each -> isNew(each, from, to)).count());
    }
  }

  private static boolean isActive(Visitor visitor, int from, int to) {
    return !visitor.days.subSet(from, true, to, true).isEmpty();
  }

  private static boolean isNew(Visitor visitor, int from, int to) {
    return !visitor.days.isEmpty()
        && visitor.days.getFirst() >= from
        && visitor.days.getFirst() <= to;
  }

  @Test
  void dayBetweenTwo_changesThreeCells() {
    var days = new ActiveDays();
    days.activate(100, cells);
    days.activate(110, cells);

    var changes = new ArrayList<String>();
    days.activate(103, (cell, difference) -> changes.add(difference + " " + cell));

    assertThat(changes)
        .containsExactlyInAnyOrder(
            "1 " + new DayCell(103, 3), "-1 " + new DayCell(110, 10), "1 " + new DayCell(110, 7));
  }

  @Test
  void dayBeyondReach_isRefused() {
    var days = new ActiveDays();
    days.activate(1_000, cells);

    assertThat(days.isInReach(1_000 - ActiveDays.REACH)).isTrue();
    assertThat(days.isInReach(999 - ActiveDays.REACH)).isFalse();
    assertThatThrownBy(() -> days.activate(999 - ActiveDays.REACH, cells))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("days before 1000");
  }

  @Test
  void moreDaysThanCellsTell_areRefused() {
    assertThatThrownBy(() -> cells.visitors(0, 401))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 401 days");
  }
}
