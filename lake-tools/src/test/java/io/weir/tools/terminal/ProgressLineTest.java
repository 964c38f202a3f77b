package io.weir.tools.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final StringWriter text = new StringWriter();

  @Test
  void onATerminal_isABarWrittenOver() {
    var progress = new ProgressLine(new PrintWriter(text), true);

    progress.begin("export");
    progress.done(1, 2);
    progress.done(1, 2);
    progress.done(2, 2);

    assertThat(text.toString())
        .isEqualTo(
            "\rexport [###############---------------] 50%"
                + "\rexport [##############################] 100%\n");
  }

  @Test
  void elsewhere_isALineAtEachTenth() {
    var progress = new ProgressLine(new PrintWriter(text), false);

    progress.begin("export");
    for (int i = 50; i <= 100; i++) {
      progress.done(i, 100);
    }
    progress.begin("nothing");
    progress.done(0, 0);

    assertThat(text.toString().lines())
        .containsExactly(
            "export 50%",
            "export 60%", "export 70%", "export 80%", "export 90%", "export 100%", "nothing 100%");
  }
}
