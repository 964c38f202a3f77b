package io.weir.simulator.gold;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A relation of gold as it must be: rows of texts. The first columns are its key. Rows are kept as
 * JSON, because there are many; gold's texts need no escapes.
 */
public final class Table {
  private final String name;
  private final int keys;
  private final String columns;
  private final List<String> rows = new ArrayList<>();
  private final StringBuilder open = new StringBuilder();

  /** The columns are separated by spaces. */
  Table(String name, String keys, String others) {
    this.name = name;
    this.keys = keys.split(" ", -1).length;
    this.columns = keys + ' ' + others;
  }

  public String name() {
    return name;
  }

  /** The number of columns that make a row's key. */
  public int keys() {
    return keys;
  }

  /** The names of the columns as a JSON array. */
  public String columns() {
    return Arrays.stream(columns.split(" ", -1)).collect(Collectors.joining("\",\"", "[\"", "\"]"));
  }

  /** Each row as a JSON array. */
  public List<String> rows() {
    close();
    return List.copyOf(rows);
  }

  Row row() {
    close();
    return new Row();
  }

  private void close() {
    if (!open.isEmpty()) {
      rows.add(open.append(']').toString());
      open.setLength(0);
    }
  }

  /** The newest row, which is filled from left to right. */
  final class Row {
    private Row() {}

    Row text(@Nullable String text) {
      open.append(open.isEmpty() ? '[' : ',');
      if (text == null) {
        open.append("null");
      } else {
        open.append('"').append(text).append('"');
      }
      return this;
    }

    Row number(long number) {
      return text(Long.toString(number));
    }

    Row numbers(Sums sums, GoldNumber... measures) {
      for (GoldNumber measure : measures) {
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

    Row money(TrueAmounts money) {
      return text(money.toString());
    }
  }
}
