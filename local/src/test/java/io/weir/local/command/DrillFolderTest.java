package io.weir.local.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.local.platform.Home;
import io.weir.local.terminal.Display;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillFolderTest {
  @TempDir private Path parent = Path.of("");
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private DrillFolder folder() {
    return DrillFolder.in(new Home(parent), new Display(new PrintStream(said, true, UTF_8), false));
  }

  @Test
  void goodDrill_leavesNothing() {
    DrillFolder folder = folder();
    folder.succeed();
    folder.closeAfter(() -> {});
    folder.close();

    assertThat(folder.home().folder()).doesNotExist();
    assertThat(said.toString(UTF_8)).isEmpty();
  }

  @Test
  void drillThatWasEnded_leavesItsFolder_namedOnce() {
    DrillFolder folder = folder();
    folder.closeAfter(() -> {});
    folder.close();

    isKeptAndNamed(folder);
  }

  @Test
  void whatCannotBeGivenBack_keepsTheFolder() {
    DrillFolder folder = folder();
    folder.succeed();

    assertThatThrownBy(() ->
            folder.closeAfter(() -> {
              throw new IllegalStateException("mounted");
            }))
        .hasMessage("mounted");
    folder.close();
    isKeptAndNamed(folder);
  }

  private void isKeptAndNamed(DrillFolder folder) {
    assertThat(folder.home().data()).isDirectory();
    assertThat(said.toString(UTF_8).strip())
        .isEqualTo("all files of the drill: " + folder.home().folder());
  }
}
