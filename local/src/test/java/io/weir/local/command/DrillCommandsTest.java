package io.weir.local.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import picocli.CommandLine;

/** Drills that cannot go on, because nothing is built. */
@Isolated
class DrillCommandsTest {
  private static final String ROOT = "weir.root";

  @TempDir private Path folder = Path.of("");
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream usual = System.err;
  private final String usualRoot = System.getProperty(ROOT, ".");

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, UTF_8));
    System.setProperty(ROOT, folder.toString());
  }

  @AfterEach
  void stopListening() {
    System.setErr(usual);
    System.setProperty(ROOT, usualRoot);
  }

  @Test
  void faults_nameTheirFolder() {
    isNamed(new DrillFaultsCommand(), "--only", "KILL");
  }

  @Test
  void upgrade_namesItsFolder() {
    isNamed(new DrillUpgradeCommand());
  }

  private void isNamed(Callable<Integer> drill, String... more) {
    assertThat(new CommandLine(drill).execute(arguments(more))).isNotZero();

    assertThat(said.toString(UTF_8))
        .contains("is not built")
        .containsPattern("all files of the drill: " + folder + "/drill-\\d+\n");
  }

  private String[] arguments(String... more) {
    var all = new ArrayList<>(List.of(more));
    all.addAll(List.of("--dir", folder.toString()));
    return all.toArray(String[]::new);
  }
}
