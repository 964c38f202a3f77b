package io.weir.sink.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReasonTest {

  @Test
  void causes_areShownFromTopToBottom() {
    var e = new IllegalStateException("a", new IOException("b", new IOException("No space left")));

    assertThat(Reason.of(e)).isEqualTo("a: b: No space left");
  }

  @Test
  void severalLines_showTheFirst() {
    assertThat(Reason.of(new IOException("one\ntwo"))).isEqualTo("one");
  }

  @Test
  void noMessage_showsTheKind() {
    assertThat(Reason.of(new IOException())).isEqualTo("IOException");
  }
}
