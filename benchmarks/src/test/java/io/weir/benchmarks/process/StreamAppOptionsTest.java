package io.weir.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class StreamAppOptionsTest {
  private static final List<String> OF_LAUNCHER = List.of("-Xmx768m", "-XX:+UseSerialGC");

  @Command
  private static final class Holder {
    @CommandLine.Mixin private StreamAppOptions options = new StreamAppOptions();
  }

  private static StreamAppOptions parse(String... words) {
    var holder = new Holder();
    new CommandLine(holder).parseArgs(words);
    return holder.options;
  }

  @Test
  void whatIsNotGiven_hasItsStandard() {
    assertThat(parse().flags("run", "-Xmx1g")).containsExactly("-Xmx1g");
  }

  @Test
  void whatIsGiven_isRead() {
    StreamAppOptions options = parse("--jvm", "-Xa", "--jvm", "-Xb", "--jfr", "/d");

    assertThat(options.flags("run"))
        .contains("-Xa", "-Xb")
        .anyMatch(flag -> flag.endsWith("filename=/d/run.jfr"));
  }

  @Test
  void anotherCollector_replacesTheUsualOne() {
    assertThat(JavaFlags.merged(OF_LAUNCHER, parse("--jvm", "-Xmn1g").flags("run")))
        .contains("-XX:+UseSerialGC");
    assertThat(JavaFlags.merged(OF_LAUNCHER, parse("--jvm", "-XX:+UseZGC").flags("run")))
        .contains("-XX:+UseZGC")
        .doesNotContain("-XX:+UseSerialGC");
  }

  @Test
  void flagsOfTheBenchmark_comeLastAndWin() {
    assertThat(JavaFlags.merged(OF_LAUNCHER, parse().flags("run", "-Xmx4g")))
        .containsSubsequence("-Xmx768m", "-Xmx4g");
  }
}
