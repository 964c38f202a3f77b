package io.weir.local.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndingTest {

  @Test
  void oneFails_theOthersStillRun() {
    var ended = new ArrayList<String>();

    assertThatThrownBy(() ->
            Ending.all(
                List.of(
                    () -> ended.add("a"),
                    () -> fail("b"),
                    () -> ended.add("c"),
                    () -> fail("d"),
                    () -> ended.add("e"))))
        .isInstanceOf(IOException.class)
        .hasMessage("b")
        .satisfies(e -> assertThat(e.getSuppressed()).singleElement().hasToString(text("d")));
    assertThat(ended).containsExactly("a", "c", "e");
  }

  private static String text(String what) {
    return new IOException(what).toString();
  }

  private static void fail(String what) throws IOException {
    throw new IOException(what);
  }

  @Test
  void noneFails_isNoFailure() throws Exception {
    var ended = new ArrayList<String>();
    Ending.all(List.of(() -> ended.add("a"), () -> ended.add("b")));

    assertThat(ended).containsExactly("a", "b");
  }
}
