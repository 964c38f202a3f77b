package io.weir.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RejectedUsageTest {
  private final StringWriter errors = new StringWriter();
  private final StringWriter output = new StringWriter();
  private final CommandLine line =
      Main.commandLine(
              () -> {
                throw new AssertionError("the lake was asked");
              })
          .setErr(new PrintWriter(errors))
          .setOut(new PrintWriter(output));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "list --since yesterday | --since yesterday is not a time",
        "list --limit -1 | --limit -1 is not a number from 0",
        "list --since 2026-03-02 --until 2026-03-01 | is not before --until",
        "show 12 | '12' is not PARTITION:OFFSET",
        "replay --until 1x | --until 1x is not a time",
        "replay --set currency | --set currency is not path=value",
        "replay --set a..b=1 | 'a..b' is not a path",
        "replay --drop a[x] | 'a[x]' is not a path",
        "replay --drop a[1 | 'a[1' is not a path",
        "replay --drop [0] | '[0]' is not a path",
        "replay --cast value=money | --cast value=money is not path=string or path=number",
        "replay --rename a=a | --rename a=a needs two different paths",
        "replay --rename p[*].a=b | needs two different paths with the same number of [*]"
      })
  void badArgument_isOneLine_exitCodeTwo(String arguments, String message) {
    int code = line.execute(("rejected " + arguments).split(" ", -1));

    assertThat(code).isEqualTo(2);
    assertThat(errors.toString().lines()).singleElement().asString().contains(message);
  }

  @Test
  void unknownReason_listsTheKnownOnes() {
    int code = line.execute("rejected", "list", "--reason", "bad_tme");

    assertThat(code).isEqualTo(2);
    assertThat(errors.toString().lines())
        .singleElement()
        .asString()
        .contains("bad_tme is not a reason", "empty, too_large, not_json", "bad_time", "bad_value");
  }

  @Test
  void help_saysWhatIsNotSentTwice() {
    int code = line.execute("rejected", "replay", "--help");

    assertThat(code).isZero();
    assertThat(output.toString()).contains("weir-replayed-from", "bronze.raw_events", "--dry-run");
  }

  @Test
  void noSubcommand_isWrongUsage() {
    assertThat(line.execute("rejected")).isEqualTo(2);
    assertThat(errors.toString()).contains("list", "show", "replay");
  }
}
