package io.weir.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class MainTest {
  @Test
  void unknownArgument_exitsWithTwo() {
    var err = new StringWriter();

    int exit =
        Main.commandLine(Clock.systemUTC()).setErr(new PrintWriter(err)).execute("--session", "x");

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains("--session");
  }
}
