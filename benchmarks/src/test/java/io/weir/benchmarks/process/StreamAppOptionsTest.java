package io.weir.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamAppOptionsTest {
  private static Options parse(String... words) {
    return Options.parse(List.of(words), "usage: x", Set.of("--seconds", "--only"));
  }

  @Test
  void whatIsNotGiven_hasItsStandard() {
    assertThat(parse().number("--seconds", 60)).isEqualTo(60);
    assertThat(parse().word("--only", List.of("all", "one"))).isEqualTo("all");
    assertThat(parse().flags("run", "-Xmx1g")).contains("-Xmx1g").noneMatch(f -> f.contains("jfr"));
  }

  @Test
  void whatIsGiven_isRead() {
    Options options =
        parse("--seconds", "5", "--only", "one", "--jvm", "-Xa", "--jvm", "-Xb", "--jfr", "/d");

    assertThat(options.number("--seconds", 60)).isEqualTo(5);
    assertThat(options.word("--only", List.of("all", "one"))).isEqualTo("one");
    assertThat(options.flags("run"))
        .contains("-Xa", "-Xb")
        .anyMatch(flag -> flag.endsWith("filename=/d/run.jfr"));
  }

  @Test
  void anotherCollector_replacesTheUsualOne() {
    assertThat(parse("--jvm", "-Xmn1g").flags("run")).contains("-XX:+UseSerialGC");
    assertThat(parse("--jvm", "-XX:+UseZGC").flags("run"))
        .contains("-XX:+UseZGC")
        .doesNotContain("-XX:+UseSerialGC");
  }

  @Test
  void whatCannotBeMeant_isNamed() {
    assertThatThrownBy(() -> parse("--fast", "1"))
        .isInstanceOf(StartupException.class)
        .hasMessage("unknown option --fast; usage: x");
    assertThatThrownBy(() -> parse("--seconds")).hasMessage("--seconds has no value; usage: x");
    assertThatThrownBy(() -> parse("--seconds", "0").number("--seconds", 1))
        .hasMessageContaining("--seconds 0 is not a whole number");
    assertThatThrownBy(() -> parse("--only", "two").word("--only", List.of("all", "one")))
        .hasMessage("--only two is not one of [all, one]");
  }
}
