package io.weir.simulator.gold;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sums by bucket of time, side, dimension and value. */
final class TrueCells {
  static final long QUARTER = 900_000;

  private final long length;
  private final Map<Key, Sums> cells = new HashMap<>();

  /** TrueCells of buckets of so many milliseconds. */
  TrueCells(long length) {
    this.length = length;
  }

  /** The side, the dimension and the value of a cell. */
  record Key(long start, boolean isBot, String dimension, String value) {
    Key total() {
      return new Key(start, isBot, "", "");
    }

    long day() {
      return Days.of(start);
    }

    /** A new row with the key, as all cells have it. */
    Table.Row start(Table table) {
      return table.row().number(start).flag(isBot).text(dimension).text(value);
    }
  }

  /** The bucket and the side of something. */
  record Place(long time, boolean isBot) {}

  void add(Place place, String dimension, @Nullable String value, Sums sums) {
    var key =
        new Key(
            place.time - Math.floorMod(place.time, length),
            place.isBot,
            dimension,
            value == null ? "" : value);
    cells.computeIfAbsent(key, _ -> new Sums()).addAll(sums);
  }

  /** The names of columns. */
  static String columns(GoldNumber... measures) {
    return Arrays.stream(measures).map(GoldNumber::code).collect(Collectors.joining(" "));
  }

  @Nullable Sums at(Key key) {
    return cells.get(key);
  }

  void each(BiConsumer<Key, Sums> listener) {
    cells.forEach(listener);
  }

  void each(String dimension, BiConsumer<Key, Sums> listener) {
    cells.forEach((key, sums) -> {
      if (key.dimension.equals(dimension)) {
        listener.accept(key, sums);
      }
    });
  }
}
