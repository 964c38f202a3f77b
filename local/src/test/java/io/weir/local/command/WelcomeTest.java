package io.weir.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Checkout;
import io.weir.local.platform.Home;
import io.weir.local.platform.Ports;
import io.weir.local.terminal.Display;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WelcomeTest {
  private static final int WIDEST = 80;
  private static final int LONGEST = 18;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Welcome welcome(String weirOptions) {
    var display = new Display(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
    var home = new Home(Path.of("/w"));
    return new Welcome(
        new Catalogue(new Checkout(Path.of(".")), home, Ports.free(), 4), display, weirOptions);
  }

  private List<String> printed() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void shop_fitsOnAScreen_pageFirstStopLast() {
    welcome("").printShop();

    assertThat(printed()).hasSizeLessThanOrEqualTo(LONGEST);
    assertThat(printed()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(WIDEST));
    assertThat(String.join("\n", printed()))
        .containsSubsequence(
            "Weir runs.",
            "http://",
            "./weir sql \"SELECT",
            "psql",
            "curl",
            "./weir ingest",
            "Ctrl-C");
  }

  @Test
  void emptyPlatform_beginsWithOnesOwnData() {
    welcome("").printEmpty();

    assertThat(printed()).hasSizeLessThanOrEqualTo(LONGEST);
    assertThat(printed()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(WIDEST));
    assertThat(String.join("\n", printed()))
        .containsSubsequence("--dry-run", "./weir ingest access.log.gz", "http://", "./weir sql")
        .doesNotContain("shop");
  }

  @Test
  void otherFolder_isPartOfEachCommandThatNeedsIt() {
    welcome(" --dir /w").printShop();

    assertThat(String.join("\n", printed()))
        .contains("./weir sql --dir /w \"", "--fresh --dir /w, then ./weir ingest --dir /w")
        .contains("More, each with --dir /w:");
  }
}
