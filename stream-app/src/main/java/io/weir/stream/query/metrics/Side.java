package io.weir.stream.query.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The sides of the cells that count: people, robots or both. */
enum Side {
  EXCLUDE,
  ONLY,
  INCLUDE;

  /** The sides, as the cells name them: whether they are of robots. */
  List<Boolean> sides() {
    return switch (this) {
      case EXCLUDE -> List.of(false);
      case ONLY -> List.of(true);
      case INCLUDE -> List.of(false, true);
    };
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Side> of(String word) {
    return Arrays.stream(values()).filter(side -> side.word().equals(word)).findFirst();
  }
}
