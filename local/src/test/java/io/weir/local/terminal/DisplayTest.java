package io.weir.local.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DisplayTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void withoutTerminal_onlyLinesThatStayArePrinted() {
    var display = new Display(out, false);

    display.paint("working");
    display.line("done");

    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("done" + System.lineSeparator());
  }

  @Test
  void onATerminal_paintIsErasedByTheNextLine() {
    var display = new Display(out, true);

    display.paint("working");
    display.line("done");

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("\u001b[?7lworking\u001b[?7h\r\u001b[2Kdone" + System.lineSeparator());
  }

  @Test
  void onATerminal_aLongLineIsCutSoThatItCanBeErased() {
    new Display(out, true, 40, Style.PLAIN).paint("x".repeat(500));

    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("x".repeat(38) + "…\u001b[?7h");
  }

  @Test
  void widthThatMakesNoSense_isReplaced() {
    assertThat(new Display(out, true, 0, Style.PLAIN).width()).isEqualTo(20);
  }
}
