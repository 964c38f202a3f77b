package io.weir.tools.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.tools.replay.OffsetWindows.Source;
import io.weir.tools.replay.OffsetWindows.Span;
import org.junit.jupiter.api.Test;

class OffsetWindowsTest {
  private static final Source ZERO = new Source("raw", 0);
  private static final Source ONE = new Source("raw", 1);

  private final OffsetWindows windows = new OffsetWindows();

  @Test
  void nothing_hasNoSlices() {
    assertThat(windows.slices(10)).isEmpty();
  }

  @Test
  void slices_followEachOther_inEachPartition() {
    windows.add("raw", 0, 19);
    windows.add("raw", 0, 10);
    windows.add("raw", 1, 0);
    windows.add("raw", 1, 9);

    assertThat(windows.slices(10))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .containsEntry(ZERO, new Span(10, 15))
                    .containsEntry(ONE, new Span(0, 5)),
            second ->
                assertThat(second)
                    .containsEntry(ZERO, new Span(15, 20))
                    .containsEntry(ONE, new Span(5, 10)));
  }

  @Test
  void partitionWithFewerOffsetsThanSlices_isInSomeOfThem() {
    for (int offset = 0; offset < 29; offset++) {
      windows.add("raw", 0, offset);
    }
    windows.add("raw", 1, 5);

    assertThat(windows.slices(10))
        .hasSize(3)
        .filteredOn(slice -> slice.containsKey(ONE))
        .hasSize(1);
  }

  @Test
  void hugeOffsets_doNotOverflow() {
    long last = 1L << 40;
    windows.add("raw", 0, 0);
    windows.add("raw", 0, last);

    assertThat(windows.slices(1L << 38).getLast())
        .containsEntry(ZERO, new Span(4 * (last + 1) / 5, last + 1));
  }
}
