package io.weir.simulator.gold;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A relation of gold as it must be: rows of texts. The first columns are its key. */
public final class Table {
  private final String name;
  private final int keys;
  private final List<String> columns;
  private final List<List<@Nullable String>> rows = new ArrayList<>();

  /** The columns are separated by spaces. */
  Table(String name, String keys, String others) {
    this.name = name;
    this.keys = keys.split(" ", -1).length;
    this.columns = List.of((keys + ' ' + others).split(" ", -1));
  }

  public String name() {
    return name;
  }

  /** The number of columns that make a row's key. */
  public int keys() {
    return keys;
  }

  public List<String> columns() {
    return List.copyOf(columns);
  }

  public List<List<@Nullable String>> rows() {
    return List.copyOf(rows);
  }

  Row row() {
    var row = new Row();
    rows.add(row.cells);
    return row;
  }

  /** A row that is filled from left to right. */
  static final class Row {
    private final List<@Nullable String> cells = new ArrayList<>();

    Row text(@Nullable String text) {
      cells.add(text);
      return this;
    }

    Row number(long number) {
      return text(Long.toString(number));
    }

    Row numbers(Sums sums, Measure... measures) {
      for (Measure measure : measures) {
        number(sums.get(measure));
      }
      return this;
    }

    Row flag(boolean flag) {
      return text(Boolean.toString(flag));
    }

    /** A share with six decimals; null if there is nothing to share. */
    Row rate(long part, long whole) {
      return text(whole == 0 ? null : Decimals.ratio(part, whole, 6));
    }

    /** The mean of milliseconds, in seconds with three decimals; null without any. */
    Row seconds(long millis, long count) {
      return text(count == 0 ? null : Decimals.ratio(millis, 1_000 * count, 3));
    }

    /** A time; null for {@link GoldSession#NEVER}. */
    Row time(long time) {
      return text(time == GoldSession.NEVER ? null : Long.toString(time));
    }

    Row day(long day) {
      return text(Days.text(day));
    }

    Row money(Money money) {
      return text(money.toString());
    }
  }
}
