package io.weir.tools.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RangesTest {

  @Test
  void offsetsInAnyOrder_becomeRuns() {
    Ranges ranges = of(5, 6, 1, 2, 3, 9);

    assertThat(ranges.gaps(0, 12))
        .containsExactly(new Range(0, 1), new Range(4, 5), new Range(7, 9), new Range(10, 12));
    assertThat(ranges.count()).isEqualTo(6);
    assertThat(ranges.countBelow(6)).isEqualTo(4);
    assertThat(ranges.first()).isEqualTo(1);
    assertThat(ranges.end()).isEqualTo(10);
  }

  @Test
  void addedAgain_isNamed() {
    Ranges ranges = of(1, 2, 3, 4, 2, 3);

    assertThat(ranges.twice()).containsExactly(new Range(2, 4));
    assertThat(ranges.count()).isEqualTo(4);
  }

  @Test
  void shared_isWhatIsInBoth() {
    assertThat(of(1, 2, 3, 7, 8).shared(of(3, 4, 8, 9)))
        .containsExactly(new Range(3, 4), new Range(8, 9));
    assertThat(of(1).shared(of(2))).isEmpty();
  }

  @Test
  void randomOffsets_agreeWithAPlainSet() {
    var random = new Random(3);
    for (int round = 0; round < 300; round++) {
      var ranges = new Ranges();
      var counts = new TreeMap<Long, Integer>();
      for (int i = 0; i < 40; i++) {
        long offset = random.nextInt(30);
        ranges.add(offset);
        counts.merge(offset, 1, Integer::sum);
      }
      var repeated = new TreeSet<Long>();
      counts.forEach((offset, times) -> {
        if (times > 1) {
          repeated.add(offset);
        }
      });

      assertThat(ranges.count()).isEqualTo(counts.size());
      assertThat(offsets(ranges.gaps(0, 30))).doesNotContainAnyElementsOf(counts.keySet());
      assertThat(offsets(ranges.gaps(0, 30))).hasSize(30 - counts.size());
      assertThat(new TreeSet<>(offsets(ranges.twice()))).isEqualTo(repeated);
      assertThat(counts.keySet()).allMatch(ranges::contains);
    }
  }

  private static Ranges of(long... offsets) {
    var ranges = new Ranges();
    for (long offset : offsets) {
      ranges.add(offset);
    }
    return ranges;
  }

  private static List<Long> offsets(List<Range> ranges) {
    var offsets = new ArrayList<Long>();
    for (Range range : ranges) {
      for (long offset = range.first(); offset < range.end(); offset++) {
        offsets.add(offset);
      }
    }
    return offsets;
  }
}
