package io.weir.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir private Path folder = Path.of("");
  private LogFile log = new LogFile(Path.of(""));

  @BeforeEach
  void newLog() {
    log = new LogFile(folder.resolve("logs/stream.log"));
    log.rotate();
  }

  @Test
  void tail_givesTheLastLines() throws IOException {
    Files.writeString(log.path(), "one\ntwo\nthree\n");

    assertThat(log.tail(2)).containsExactly("two", "three");
  }

  @Test
  void tail_ofAbsentLog_isEmpty() {
    assertThat(log.tail(5)).isEmpty();
  }

  @Test
  void rotate_keepsThePreviousRun() throws IOException {
    Files.writeString(log.path(), "first run");

    log.rotate();

    assertThat(log.path()).doesNotExist();
    assertThat(folder.resolve("logs/stream.log.1")).hasContent("first run");
  }

  @Test
  void copy_goesOnWhereItStopped_andBeginsAgainWithANewRun() throws IOException {
    var out = new ByteArrayOutputStream();
    Files.writeString(log.path(), "old\n");
    long position = log.length();
    Files.writeString(log.path(), "old\nnew\n");

    position = log.copyFrom(position, new PrintStream(out, true, StandardCharsets.UTF_8));
    Files.writeString(log.path(), "2\n");
    log.copyFrom(position, new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("new\n2\n");
  }
}
