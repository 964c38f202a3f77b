package io.weir.lake.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CauseChainTest {

  @Test
  void causes_areShownFromTopToBottom() {
    var e = new IllegalStateException("a", new IOException("b", new IOException("No space left")));

    assertThat(CauseChain.of(e)).isEqualTo("a: b: No space left");
  }

  @Test
  void severalLines_showTheFirst() {
    assertThat(CauseChain.of(new IOException("one\ntwo"))).isEqualTo("one");
  }

  @Test
  void noMessage_showsTheKind() {
    assertThat(CauseChain.of(new IOException())).isEqualTo("IOException");
  }
}
