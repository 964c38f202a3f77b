package io.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
  private final StringWriter errors = new StringWriter();
  private final CommandLine commandLine = Main.commandLine();

  private int run(String... words) {
    commandLine.setOut(new PrintWriter(new StringWriter()));
    commandLine.setErr(new PrintWriter(errors));
    return commandLine.execute(words);
  }

  private static Object value(String command, String option, String... words) {
    String[] all = Stream.concat(Stream.of(command), Arrays.stream(words)).toArray(String[]::new);
    return Main.commandLine()
        .parseArgs(all)
        .subcommand()
        .commandSpec()
        .findOption(option)
        .getValue();
  }

  @Test
  void whatIsNotGiven_hasItsStandard() {
    assertThat(value("queries", "--seconds")).isEqualTo(60);
    assertThat(value("queries", "--warm-up")).isEqualTo(120);
    assertThat(value("queries", "--only")).hasToString("all");
    assertThat(value("flat", "--events")).isEqualTo(600_000);
    assertThat(value("memory", "--visitors")).isEqualTo(1_000_000);
    assertThat(value("traces", "--rounds")).isEqualTo(7);
    assertThat(value("gold", "--only")).hasToString("all");
    assertThat(value("gold", "--seconds")).isEqualTo(30);
    assertThat(value("gold", "--cells")).isEqualTo(500_000);
    assertThat(value("scoring", "--only")).hasToString("all");
    assertThat(value("training", "--sessions")).isEqualTo(300_000);
  }

  @Test
  void whatIsGiven_isRead() {
    assertThat(value("queries", "--seconds", "--seconds", "5")).isEqualTo(5);
    assertThat(value("queries", "--only", "--only", "local")).hasToString("local");
    assertThat(value("memory", "--events-each", "--events-each", "2")).isEqualTo(2);
    assertThat(value("gold", "--only", "--only", "upserts")).hasToString("upserts");
  }

  @Test
  void whatCannotBeMeant_isNamedAndUnusable() {
    assertThat(run("queries", "--fast", "1")).isEqualTo(2);
    assertThat(errors.toString()).contains("--fast");
    assertThat(run("queries", "--seconds")).isEqualTo(2);
    assertThat(errors.toString()).contains("--seconds");
    assertThat(run("queries", "--seconds", "0")).isEqualTo(2);
    assertThat(errors.toString()).contains("0 is not a whole number");
    assertThat(run("queries", "--only", "two")).isEqualTo(2);
    assertThat(errors.toString()).contains("all, local, forwarded");
  }

  @Test
  void withoutName_theNamesAreShown() {
    assertThat(run()).isEqualTo(2);
    assertThat(errors.toString())
        .contains("ingest", "sessions", "queries", "memory", "gold", "scoring", "training");
  }

  @Test
  void surroundingsThatCannotWork_areUnusable() {
    assertThat(run("sessions", "--peers", "/nowhere")).isEqualTo(2);
    assertThat(errors.toString()).contains("bench: /nowhere/run is missing");
  }
}
