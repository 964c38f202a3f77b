package io.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PollSizeTest {
  @Test
  void polls_fitTheHeapWhateverTheSizeOfTheRecords() {
    assertThat(PollSize.ofRaw(512L << 20)).isEqualTo(16);
    assertThat(PollSize.ofOwn(512L << 20)).isEqualTo(256);
  }

  @Test
  void polls_haveLimits() {
    assertThat(PollSize.ofRaw(64L << 20)).isEqualTo(4);
    assertThat(PollSize.ofRaw(128L << 30)).isEqualTo(2_000);
    assertThat(PollSize.ofOwn(128L << 30)).isEqualTo(2_000);
  }
}
