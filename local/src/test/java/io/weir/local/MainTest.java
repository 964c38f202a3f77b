package io.weir.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

class MainTest {
  private final StringWriter errors = new StringWriter();
  private final CommandLine commandLine =
      Main.commandLine().setErr(new PrintWriter(errors)).setOut(new PrintWriter(errors));

  @Test
  void everyCommand_hasHelpInOneLine() {
    for (Map.Entry<String, CommandLine> command : commandLine.getSubcommands().entrySet()) {
      if (command.getKey().equals("help")) {
        continue; // the library's own
      }
      String[] description = command.getValue().getCommandSpec().usageMessage().description();

      assertThat(description).as(command.getKey()).hasSize(1);
    }
  }

  @Test
  void everyHelpText_isAFormat() {
    List<String> texts = texts(commandLine).toList();

    assertThat(texts).hasSizeGreaterThan(200);
    assertThat(texts)
        .allSatisfy(text -> assertThatCode(text::formatted).doesNotThrowAnyException());
  }

  private static Stream<String> texts(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    UsageMessageSpec usage = spec.usageMessage();
    Stream<String[]> own = Stream.of(usage.header(), usage.description(), usage.footer());
    Stream<String[]> ofArguments = spec.args().stream().map(ArgSpec::description);
    Stream<String> below = command.getSubcommands().values().stream().flatMap(MainTest::texts);
    return Stream.concat(Stream.concat(own, ofArguments).flatMap(Arrays::stream), below);
  }

  @ParameterizedTest
  @CsvSource({
    "demo --rate fast, --rate",
    "demo --colour red, --colour",
    "logs, SERVICE",
    "check-replay one, EXPECTED",
    "train --label bought, --csv",
    "train --csv a.csv --label bought --from 3d, --from",
    "train --csv a.csv --label bought --cuts 2, --cuts",
    "train --events 100, --simulated",
    "train --simulated --to 3d, --to",
    "train --simulated --model p_return_7d --cuts 2, --cuts is an option of p_convert",
    "train --simulated --cuts 21, --cuts must be from 0 to 20",
    "train --simulated --cuts -1, --cuts must be from 0 to 20",
    "drill faults --only flood, --only",
    "drill faults --events 5, --events",
    "drill upgrade --seconds 5, --seconds",
    "drill upgrade --seconds 60 --warm-up 40, --seconds",
    "frobnicate, frobnicate"
  })
  void wrongUsage_isOneLineNamingTheCulprit_exitCodeTwo(String line, String culprit) {
    int code = commandLine.execute(line.split(" ", -1));

    assertThat(code).isEqualTo(2);
    assertThat(errors.toString()).contains(culprit, "--help").doesNotContain("\tat ");
  }

  @Test
  void noCommand_isWrongUsage() {
    assertThat(commandLine.execute()).isEqualTo(2);
  }

  @Test
  void unknownService_namesTheKnownOnes() {
    int code = commandLine.execute("logs", "flink");

    assertThat(code).isEqualTo(2);
    assertThat(errors.toString()).contains("flink", "broker, postgres, stream, sink, scoring");
  }

  @Test
  void unreadableFile_isNamed() {
    int code = commandLine.execute("check-replay", "/nowhere/e.jsonl", "/nowhere/x.csv");

    assertThat(code).isEqualTo(2);
    assertThat(errors.toString()).contains("/nowhere/x.csv is not a readable file");
  }

  @Test
  void simulatorOptions_passThrough() {
    CommandLine.ParseResult parsed =
        commandLine.parseArgs("simulate", "run", "--events", "10", "--help");

    assertThat(parsed.subcommand().unmatched())
        .isEqualTo(List.of("run", "--events", "10", "--help"));
  }

  @Test
  void optionsOfIngest_passThrough_andItsFolderStays() {
    CommandLine.ParseResult parsed =
        commandLine.parseArgs("ingest", "a.log", "--dir", "/tmp/x", "--format", "csv", "--watch");

    assertThat(parsed.subcommand().unmatched())
        .isEqualTo(List.of("a.log", "--format", "csv", "--watch"));
  }

  @Test
  void emptyDemoUntilScored_isRefused_nobodyWouldBeScored() {
    int code = commandLine.execute("demo", "--empty", "--until-scored");

    assertThat(code).isEqualTo(2);
    assertThat(errors.toString()).contains("--empty", "--until-scored");
  }

  @Test
  void optionsOfRejected_passThrough_andItsFolderStays() {
    CommandLine.ParseResult parsed =
        commandLine.parseArgs(
            "rejected", "--dir", "/tmp/x", "replay", "--set", "currency=EUR", "--help");

    assertThat(parsed.subcommand().unmatched())
        .isEqualTo(List.of("replay", "--set", "currency=EUR", "--help"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rejected list",
        "audit --settle 5",
        "reconcile --from 7d",
        "why sessions 2026-03-01",
        "alert test few_orders",
        "gold compare rebuild",
        "maintain --table silver.events",
        "drift --from 7d",
        "explain 5f0c2a9be1d64c03",
        "rescore --model starter-demo-4 --from 7d",
        "ingest access.log"
      })
  void lakeCommandWithoutDemo_isOneLine(String line, @TempDir Path empty) {
    int code = commandLine.execute((line + " --dir " + empty).split(" ", -1));

    assertThat(code).isEqualTo(2);
    assertThat(errors.toString().lines())
        .singleElement()
        .asString()
        .contains("nothing runs in " + empty, "./weir demo");
  }

  @Test
  void help_listsTheCommandsOfTheLake() {
    commandLine.execute("--help");

    assertThat(errors.toString())
        .contains(
            "rejected",
            "doctor",
            "acls",
            "audit",
            "reconcile",
            "drift",
            "explain",
            "rescore",
            "funnel",
            "why",
            "alert",
            "gold",
            "maintain",
            "replay",
            "export",
            "forget",
            "size");
  }
}
