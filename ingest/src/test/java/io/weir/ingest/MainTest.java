package io.weir.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.process.Settings;
import io.weir.process.Stop;
import io.weir.process.Surroundings;
import io.weir.process.terminal.Terminal;
import io.weir.testkit.FreePort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private static final String LINE =
      "192.0.2.7 - - [01/Jul/2024:12:00:05 +0200] \"GET /a HTTP/1.1\" 200 5 \"-\" \"Agent/1.0\"\n";

  @TempDir private Path folder = Path.of("");

  private record Result(int code, String out, String err) {}

  private Result execute(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var settings =
        Settings.of(Map.of("WEIR_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + FreePort.next()));
    var terminal =
        new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false);
    int code =
        Main.execute(
            new Surroundings(settings, Clock.systemUTC(), System::nanoTime, new Stop(), terminal),
            arguments);
    return new Result(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  private String log() throws IOException {
    return Files.writeString(folder.resolve("access.log"), LINE).toString();
  }

  private static void assertOneLine(Result result, String part) {
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err()).contains(part);
  }

  @Test
  void dryRun_showsMappingAndEvents_withoutABroker() throws IOException {
    Result result = execute(log(), "--dry-run", "--app", "blog", "--site", "https://x.example");

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("format: combined log of a web server", "anonymous_id")
        .contains("\"anonymous_id\":\"7d1a5ea8c74f4844\"", "\"app_id\":\"blog\"")
        .contains("\"url\":\"https://x.example/a\"", "nothing was sent");
  }

  @Test
  void missingFile_isOneLine() {
    assertOneLine(execute(folder.resolve("nothing").toString()), "does not exist");
  }

  @Test
  void emptyFolder_isOneLine() {
    assertOneLine(execute(folder.toString()), "no files with records");
  }

  @Test
  void emptyFiles_andTablesWithoutRows_areNoMatter() throws IOException {
    log();
    Files.writeString(folder.resolve("empty.log"), "");
    Files.writeString(folder.resolve("empty.csv"), "time,visitor,event\n");

    Result result = execute(folder.toString(), "--dry-run");

    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("access.log").doesNotContain("empty");
  }

  @Test
  void unknownFormatOfAFile_isOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "hello\nworld\n");

    assertOneLine(execute(file.toString()), "--format");
  }

  @Test
  void unknownFormat_isQuotedByADryRunOnly() throws IOException {
    String file = Files.writeString(folder.resolve("x"), "ann@shop.example\nworld\n").toString();

    assertThat(execute(file).err()).contains("--format").doesNotContain("ann@");
    assertThat(execute(file, "--dry-run").err()).contains("First record: ann@shop.example");
  }

  @Test
  void unknownZone_isOneLine() throws IOException {
    assertOneLine(execute(log(), "--zone", "Mars/Base"), "Mars/Base is no time zone");
  }

  @Test
  void brokenMapFile_isOneLine_withItsLine() throws IOException {
    Path map = Files.writeString(folder.resolve("map"), "what is this\n");

    assertOneLine(execute(log(), "--map", map.toString()), "line 1 has no =");
  }

  @Test
  void tableWithoutATime_isOneLine_withTheWayOut() throws IOException {
    Path csv = Files.writeString(folder.resolve("a.csv"), "visitor,event\nv1,page_view\n");

    assertOneLine(execute(csv.toString()), "event_time = …");
  }
}
