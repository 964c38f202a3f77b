package io.weir.local.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StyleTest {
  @Test
  void terminal_hasColoursAndSymbols() {
    Style style = Style.of(true, Map.of("TERM", "xterm", "NO_COLOR", ""), UTF_8);

    assertThat(style.bold("x")).isEqualTo("\u001b[1mx\u001b[0m");
    assertThat(style.done()).isEqualTo("\u001b[32m ✓\u001b[0m");
  }

  @Test
  void noColor_keepsTheSymbols() {
    Style style = Style.of(true, Map.of("NO_COLOR", "1"), UTF_8);

    assertThat(style.dim("x")).isEqualTo("x");
    assertThat(style.done()).isEqualTo(" ✓");
  }

  @Test
  void dumbTerminalAndFile_haveNoColours() {
    assertThat(Style.of(true, Map.of("TERM", "dumb"), UTF_8).coloured()).isFalse();
    assertThat(Style.of(false, Map.of(), UTF_8)).isEqualTo(Style.PLAIN);
  }

  @Test
  void asciiTerminal_hasNoSymbols() {
    assertThat(Style.of(true, Map.of("NO_COLOR", "1"), US_ASCII).done()).isEqualTo("ok");
  }
}
