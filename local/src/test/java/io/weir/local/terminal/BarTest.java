package io.weir.local.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class BarTest {
  private static final Style SYMBOLS = new Style(false, true);

  private static Display display(int width, Style style) {
    return new Display(new PrintStream(OutputStream.nullOutputStream()), true, width, style);
  }

  @Test
  void wideTerminal_hasTextBarText() {
    assertThat(Bar.between("24 h of traffic", 0.5, "50 %, 20 s left", display(120, SYMBOLS)))
        .isEqualTo("24 h of traffic  " + "█".repeat(15) + "░".repeat(15) + "  50 %, 20 s left");
  }

  @Test
  void everyWidth_isKept() {
    for (int width = 40; width <= 120; width++) {
      assertThat(Bar.between("24 h of traffic", 1, "100 %, 0 s left", display(width, SYMBOLS)))
          .hasSizeLessThan(width);
    }
  }

  @Test
  void narrowTerminal_hasNoBar() {
    assertThat(Bar.between("24 h of traffic", 0.5, "50 %, 20 s left", display(40, SYMBOLS)))
        .isEqualTo("24 h of traffic, 50 %, 20 s left");
  }

  @Test
  void asciiTerminal_hasAsciiBar() {
    assertThat(Bar.of(0.25, 8, Style.PLAIN)).isEqualTo("[##......]");
    assertThat(Bar.of(-1, 8, Style.PLAIN)).isEqualTo("[........]");
    assertThat(Bar.of(2, 8, Style.PLAIN)).isEqualTo("[########]");
  }
}
