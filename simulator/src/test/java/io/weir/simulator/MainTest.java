package io.weir.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.process.Settings;
import io.weir.process.Stop;
import io.weir.process.Surroundings;
import io.weir.process.terminal.Terminal;
import io.weir.testkit.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  @TempDir private Path folder = Path.of("");

  /** The result of a command. */
  private record Outcome(int code, String error) {}

  private static Outcome execute(Map<String, String> environment, String... arguments) {
    var error = new ByteArrayOutputStream();
    var terminal =
        new Terminal(System.out, new PrintStream(error, true, StandardCharsets.UTF_8), false);
    var clock = new ManualClock(Simulated.UNTIL);
    var surroundings =
        new Surroundings(Settings.of(environment), clock, () -> 0, new Stop(), terminal);
    int code = Main.execute(surroundings, arguments);
    return new Outcome(code, error.toString(StandardCharsets.UTF_8));
  }

  private List<String> lines(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run --events abc | --events",
        "run --evnts 5 | --evnts",
        "run --events 0 | --events must be 1",
        "run --late 2 | late=2.0",
        "run --late-by 25h | late-by",
        "run --history 1y | --history",
        "run --until yesterday | --until",
        "run --live --until 2026-01-01T00:00:00Z | --until",
        "run --live --ending-before 1h | --ending-before",
        "run --history-once | --live",
        "run --history-once --live --target stdout | --target kafka",
        "run --target file | --out",
        "run --out x.jsonl | --target file",
        "run --rate 0 --live | --rate",
        "run --bots 1.5 | --bots",
        "replay nowhere.jsonl --target stdout | nowhere.jsonl",
        "replay x --speed -1 | --speed",
        "replay . --target stdout | folder"
      })
  void input_wrong_isOneLineThatNamesTheOption(String line, String named) {
    Outcome outcome = execute(Map.of(), line.split(" ", -1));

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.error()).contains(named).hasLineCount(1);
  }

  @Test
  void broker_unreachable_isOneLineThatNamesTheSetting() {
    Outcome outcome =
        execute(
            Map.of("WEIR_KAFKA_BOOTSTRAP_SERVERS", "nowhere.invalid:1"), "run", "--events", "5");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.error()).contains("WEIR_KAFKA_BOOTSTRAP_SERVERS").hasLineCount(1);
  }

  @Test
  void setting_unknown_isRefused() {
    Outcome outcome =
        execute(Map.of("WEIR_SIMULATOR_RATE", "5"), "run", "--events", "5", "--target", "stdout");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.error()).contains("WEIR_SIMULATOR_RATE").hasLineCount(1);
  }

  @Test
  void run_toFile_writesEventsClosingAndTruth() throws IOException {
    String out = folder.resolve("events.jsonl").toString();
    String truth = folder.resolve("truth.jsonl").toString();

    Outcome outcome =
        execute(
            Map.of("WEIR_TOPIC_PARTITIONS", "3"),
            "run",
            "--events",
            "500",
            "--target",
            "file",
            "--out",
            out,
            "--truth",
            truth,
            "--ending-before",
            "2h",
            "--close",
            "--json");

    assertThat(outcome.code()).isZero();
    assertThat(lines("events.jsonl")).hasSize(503);
    assertThat(lines("events.jsonl").subList(500, 503))
        .allMatch(line -> line.contains("\"event_time\":\"2026-03-01T00:00:00.000Z\""))
        .allMatch(line -> line.contains("weir-closing-"));
    assertThat(lines("truth.jsonl").getFirst())
        .startsWith("{\"kind\":\"summary\",\"produced\":500,")
        .contains("\"closing\":3,");
  }

  @Test
  void run_toFolder_landsCompleteFiles() {
    execute(Map.of(), "run", "--events", "50", "--target", "file", "--out", folder + "/landing");
    execute(Map.of(), "run", "--events", "50", "--target", "file", "--out", folder + "/landing");

    assertThat(folder.resolve("landing"))
        .isDirectoryContaining("glob:**/events-000001.jsonl")
        .isDirectoryContaining("glob:**/events-000002.jsonl");
    assertThat(folder.resolve("landing").toFile().list()).hasSize(2);
  }

  @Test
  void run_fails_leavesNoTruth() {
    Path truth = folder.resolve("truth.jsonl");

    Outcome outcome =
        execute(Map.of(), "run", "--events", "5", "--target", "file", "--truth", truth.toString());

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(folder.toFile().list()).isEmpty();
  }

  @Test
  void replay_ofARun_isTheSameFile() throws IOException {
    String out = folder.resolve("events.jsonl").toString();
    execute(Map.of(), "run", "--events", "300", "--target", "file", "--out", out);

    Outcome outcome =
        execute(
            Map.of(),
            "replay",
            out,
            "--speed",
            "max",
            "--target",
            "file",
            "--out",
            folder + "/again.jsonl");

    assertThat(outcome.code()).isZero();
    assertThat(folder.resolve("again.jsonl"))
        .hasSameBinaryContentAs(folder.resolve("events.jsonl"));
  }

  @Test
  void replay_shiftedAndClosed_endsNow() throws IOException {
    Path recorded = folder.resolve("recorded.jsonl");
    Files.writeString(
        recorded,
        """
        {"event_id":"1","event_type":"a","event_time":"2014-01-01T10:00:00Z","user_id":"u"}
        {"event_id":"2","event_type":"a","event_time":"2014-01-01T11:00:00+01:00","user_id":"u"}
        {"event_id":"3","event_type":"a","event_time":1388574000000,"user_id":"u"}
        """);

    execute(
        Map.of("WEIR_TOPIC_PARTITIONS", "1"),
        "replay",
        recorded.toString(),
        "--speed",
        "max",
        "--shift-time",
        "--close",
        "--target",
        "file",
        "--out",
        folder + "/shifted.jsonl");

    assertThat(lines("shifted.jsonl"))
        .hasSize(4)
        .startsWith(
            "{\"event_id\":\"1\",\"event_type\":\"a\","
                + "\"event_time\":\"2026-02-28T23:00:00.000Z\",\"user_id\":\"u\"}",
            "{\"event_id\":\"2\",\"event_type\":\"a\","
                + "\"event_time\":\"2026-02-28T23:00:00.000Z\",\"user_id\":\"u\"}",
            "{\"event_id\":\"3\",\"event_type\":\"a\",\"event_time\":1772323200000,\"user_id\":\"u\"}");
    assertThat(lines("shifted.jsonl").getLast()).contains("2026-03-01T00:00:00.000Z");
  }

  @Test
  void replay_closedButNotShifted_closesTwoDaysAfterTheLastEvent() throws IOException {
    Path recorded = folder.resolve("recorded.jsonl");
    Files.writeString(recorded, "{\"event_time\":\"2014-01-01T10:00:00Z\",\"user_id\":\"u\"}\n");

    execute(
        Map.of("WEIR_TOPIC_PARTITIONS", "1"),
        "replay",
        recorded.toString(),
        "--speed",
        "max",
        "--close",
        "--target",
        "file",
        "--out",
        folder + "/closed.jsonl");

    assertThat(lines("closed.jsonl").getLast()).contains("2014-01-03T10:00:00.000Z");
  }

  /** What was left in carts depends on the time of the question. */
  @Test
  void truth_ofALiveRun_isAsOfItsEnd() throws IOException {
    List<String> atOnce = truthOfLiveRun("at-once", Duration.ZERO);
    List<String> later = truthOfLiveRun("later", Duration.ofDays(2));

    assertThat(later.getFirst()).isEqualTo(atOnce.getFirst()).contains("\"produced\":500,");
    assertThat(later).isNotEqualTo(atOnce);
  }

  /** The clock stands still, so nothing is due after the history, until the run is ended. */
  private List<String> truthOfLiveRun(String name, Duration length) throws IOException {
    var clock = new ManualClock(Simulated.UNTIL);
    var stop = new Stop();
    var looks = new AtomicInteger();
    LongSupplier nanos =
        () -> {
          if (looks.incrementAndGet() == 100) {
            stop.request();
            clock.advance(length);
          }
          return System.nanoTime();
        };
    var terminal = new Terminal(System.out, System.err, false);
    Path truth = folder.resolve(name + "-truth");
    String[] run = {
      "run",
      "--events",
      "500",
      "--live",
      "--target",
      "file",
      "--out",
      folder.resolve(name).toString(),
      "--gold",
      "--truth",
      truth.toString()
    };
    int code =
        Main.execute(new Surroundings(Settings.of(Map.of()), clock, nanos, stop, terminal), run);
    assertThat(code).isZero();
    return Files.readAllLines(truth);
  }
}
