package io.weir.tools.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final Origin FIRST = new Origin(1_000_000, "raw", 0, 7);
  private static final Origin SECOND = new Origin(2_000_000, "raw", 1, 3);
  private static final Origin THIRD = new Origin(2_000_000, "raw", 1, 4);

  @Test
  void whatWasReplayed_isLeftOutAndCounted() {
    Selection selection =
        Selection.of(all(THIRD, SECOND, FIRST), Set.of("raw-1-3", "raw-9-9"), Integer.MAX_VALUE);

    assertThat(selection).isEqualTo(new Selection(List.of(FIRST, THIRD), 1));
  }

  @Test
  void limit_takesTheOldestThatWereNotReplayed() {
    Selection selection = Selection.of(all(THIRD, SECOND, FIRST), Set.of("raw-0-7"), 1);

    assertThat(selection).isEqualTo(new Selection(List.of(SECOND), 1));
  }

  @Test
  void chunks_keepOneTimeTogetherAndLoseNothing() {
    var origins =
        new TreeSet<>(
            LongStream.range(0, 2500)
                .mapToObj(i -> new Origin(i < 900 ? i : i < 1400 ? 900 : i, "raw", 0, i))
                .toList());

    List<List<Origin>> chunks = Selection.of(origins, Set.of(), Integer.MAX_VALUE).chunks();

    assertThat(chunks).extracting(List::size).containsExactly(1400, 1000, 100);
    assertThat(chunks.stream().flatMap(List::stream).toList()).isEqualTo(List.copyOf(origins));
  }

  private static SortedSet<Origin> all(Origin... origins) {
    return new TreeSet<>(List.of(origins));
  }
}
