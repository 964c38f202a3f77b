package io.weir.tools.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OffsetBitsTest {
  @Test
  void offsets_areInTheSetOnce_howeverLarge() {
    var bits = new OffsetBits();

    for (long offset : new long[] {Long.MAX_VALUE, (1L << 20) - 1, 1L << 20, 1L << 40}) {
      assertThat(bits.contains(offset)).isFalse();
      assertThat(bits.add(offset)).isTrue();
      assertThat(bits.add(offset)).isFalse();
      assertThat(bits.contains(offset)).isTrue();
    }

    assertThat(bits.contains(0)).isFalse();
    assertThat(bits.first()).isEqualTo((1L << 20) - 1);
  }

  @Test
  void emptySet_beginsBehindEverything() {
    assertThat(new OffsetBits().first()).isEqualTo(Long.MAX_VALUE);
  }
}
