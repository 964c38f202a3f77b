package io.weir.process.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunningLineTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, UTF_8);
  private long nanos;

  private RunningLine line(boolean isInteractive) {
    var terminal = new Terminal(err, err, isInteractive);
    return RunningLine.on(terminal, Duration.ofSeconds(5), () -> nanos);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private String printed() {
    return bytes.toString(UTF_8);
  }

  @Test
  void onATerminal_isWrittenOverAndTakenOff() {
    RunningLine line = line(true);

    pass(Duration.ofMillis(200));
    line.show(() -> "1");
    line.show(() -> "too early");
    pass(Duration.ofMillis(200));
    line.show(() -> "2");
    line.clear();
    line.clear();

    assertThat(printed()).isEqualTo("\r1\u001b[K\r2\u001b[K\r\u001b[K");
  }

  @Test
  void elsewhere_isALineNowAndThen() {
    RunningLine line = line(false);

    line.show(() -> "too early");
    pass(Duration.ofSeconds(5));
    line.show(() -> "1");
    pass(Duration.ofSeconds(4));
    line.show(() -> "too early");
    pass(Duration.ofSeconds(1));
    line.show(() -> "2");
    line.clear();

    assertThat(printed().lines()).containsExactly("1", "2");
  }

  @Test
  void bar_fillsFromTheLeft() {
    assertThat(RunningLine.bar(0, 4)).isEqualTo("[....]");
    assertThat(RunningLine.bar(0.5, 4)).isEqualTo("[##..]");
    assertThat(RunningLine.bar(7, 4)).isEqualTo("[####]");
  }
}
