package io.weir.stream.query.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The sides of the cells that count: people, robots or both. */
enum Side {
  EXCLUDE(false),
  ONLY(true),
  INCLUDE(false, true);

  private final List<Boolean> sides;

  Side(Boolean... sides) {
    this.sides = List.of(sides);
  }

  /** The sides, as the cells name them: whether they are of robots. */
  List<Boolean> sides() {
    return sides;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Side> of(String word) {
    return Arrays.stream(values()).filter(side -> side.word().equals(word)).findFirst();
  }
}
