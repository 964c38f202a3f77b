package io.weir.stream.gold.days;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorDaysTest {
  private static final int DAYS = 40;

  private final DayCells cells = new DayCells();

  /** A plain account of one visitor: what spans each day. */
  private static final class Account {
    private final int[] sessions = new int[DAYS];
    private final boolean[] isOpen = new boolean[DAYS];

    private NavigableSet<Integer> active() {
      var active = new TreeSet<Integer>();
      for (int day = 0; day < DAYS; day++) {
        if (sessions[day] > 0 || isOpen[day]) {
          active.add(day);
        }
      }
      return active;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aDayIsActive_whileASessionOrAnOpenEventIsOnIt(long seed) {
    var random = new Random(seed);
    List<Account> accounts = List.of(new Account(), new Account(), new Account());
    List<VisitorDays> records = new ArrayList<>();
    accounts.forEach(_ -> records.add(new VisitorDays()));
    for (int turn = 0; turn < 3_000; turn++) {
      int visitor = random.nextInt(records.size());
      VisitorDays record = VisitorDays.decode(records.get(visitor).encode());
      records.set(visitor, record);
      change(record, accounts.get(visitor), random);
      int from = random.nextInt(DAYS);
      int to = from + random.nextInt(DAYS - from);
      long expected =
          accounts.stream()
              .filter(account -> !account.active().subSet(from, true, to, true).isEmpty())
              .count();
      assertThat(cells.visitors(from, to))
          .as("%d to %d, turn %d", from, to, turn)
          .isEqualTo(expected);
    }
  }

  private void change(VisitorDays record, Account account, Random random) {
    int day = random.nextInt(DAYS);
    switch (random.nextInt(4)) {
      case 0 -> {
        record.open(day, true, cells);
        account.isOpen[day] = true;
      }
      case 1 -> {
        record.open(day, false, cells);
        account.isOpen[day] = false;
      }
      case 2 -> {
        record.closed(day, 1, cells);
        account.sessions[day]++;
      }
      default -> {
        if (account.sessions[day] > 0) {
          record.closed(day, -1, cells);
          account.sessions[day]--;
        }
      }
    }
  }

  @Test
  void aSettledDay_neverChanges() {
    var record = new VisitorDays();
    record.closed(5, 1, cells);
    assertThat(record.settle(6)).isTrue();

    assertThat(record.closed(5, -1, cells)).isFalse();
    assertThat(record.open(5, true, cells)).isFalse();

    assertThat(cells.visitors(5, 5)).isEqualTo(1);
  }

  @Test
  void closingEarlierDays_leavesThoseOfOpenSessions() {
    var record = new VisitorDays();
    record.open(4, true, cells);
    record.open(5, true, cells);
    record.closed(4, 1, cells);

    assertThat(record.closeBefore(5, cells)).isTrue();
    assertThat(cells.visitors(4, 4)).isEqualTo(1);
    assertThat(cells.visitors(5, 5)).isEqualTo(1);

    assertThat(record.closeBefore(Integer.MAX_VALUE, cells)).isTrue();
    assertThat(record.closed(4, -1, cells)).isTrue();
    assertThat(cells.visitors(4, 5)).isZero();
    assertThat(record.closeBefore(Integer.MAX_VALUE, cells)).isFalse();
  }

  @Test
  void aDayOutOfReach_isLeftAlone() {
    var record = new VisitorDays();
    record.closed(5, 1, cells);
    record.closed(6 + ActiveDays.REACH, 1, cells);

    assertThat(record.closed(5, -1, cells)).isFalse();

    assertThat(cells.visitors(5, 5)).isEqualTo(1);
  }

  @Test
  void aVisitorOfAFewDays_takesAFewBytes() {
    var record = new VisitorDays();
    for (int day = 20_000; day < 20_030; day += 10) {
      record.closed(day, 1, cells);
    }
    record.settle(20_020);
    assertThat(record.encode()).hasSizeLessThan(20);
    assertThat(new VisitorDays().encode()).hasSize(3);
  }
}
