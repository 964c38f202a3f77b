package io.weir.simulator.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayLoopTest {
  private static final String RECORDED =
      """
      {"event_id":"1","event_time":"2014-01-01T10:00:00Z","anonymous_id":"a","user_id":"u"}
      {"event_id":"2","event_time":"2014-01-01T10:01:00Z","userId":"u"}
      {"event_id":"3","event_time":"2014-01-01T10:00:59Z","anonymousId":"b"}

      not json
      {"event_id":"4","timestamp":"2014-01-01T11:00:00Z","user_id":""}\r
      """;

  @TempDir private Path folder = Path.of("");
  private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T00:00:00Z"));
  private final MemoryPublisher publisher = new MemoryPublisher(4);

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("recorded.jsonl"), content);
  }

  private ReplayLoop loop(Path file, double speed) {
    var pace = new ReplayLoop.Pace(speed, 0);
    return new ReplayLoop(LineReader.open(file), publisher, pace, clock::millis);
  }

  @Test
  void lines_atOriginalPace_goWhenTheyAreDue() throws IOException {
    ReplayLoop loop = loop(file(RECORDED), 1);

    int atOnce = loop.doWork();
    clock.advance(Duration.ofMillis(59_999));
    int tooEarly = loop.doWork();
    clock.advance(Duration.ofMillis(1));
    int afterAMinute = loop.doWork();
    clock.advance(Duration.ofMinutes(58));
    int before = loop.doWork();
    clock.advance(Duration.ofMinutes(1));
    int afterAnHour = loop.doWork();

    // The line out of order and the line without a time are sent right after the line before them.
    assertThat(new int[] {atOnce, tooEarly, afterAMinute, before, afterAnHour})
        .containsExactly(1, 0, 3, 0, 1);
    assertThat(loop.finished()).isTrue();
  }

  @Test
  void lines_accelerated_goSooner() throws IOException {
    ReplayLoop loop = loop(file(RECORDED), 60);

    loop.doWork();
    clock.advance(Duration.ofSeconds(1));

    assertThat(loop.doWork()).isEqualTo(3);
  }

  @Test
  void lines_asFastAsPossible_goAtOnceWithTheirKeys() throws IOException {
    ReplayLoop loop = loop(file(RECORDED), Double.POSITIVE_INFINITY);

    loop.doWork();

    assertThat(loop.finished()).isTrue();
    assertThat(publisher.sent())
        .extracting(MemoryPublisher.Sent::key)
        .containsExactly("a", "u", "b", null, null);
    assertThat(publisher.sent().get(3).value()).isEqualTo("not json");
    assertThat(publisher.sent().get(4).value()).endsWith("\"user_id\":\"\"}");
    assertThat(loop.withoutKey()).isEqualTo(2);
  }

  @Test
  void lines_gzipped_areTheSame() throws IOException {
    Path file = folder.resolve("recorded.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(RECORDED.getBytes(StandardCharsets.UTF_8));
    }

    loop(file, Double.POSITIVE_INFINITY).doWork();

    assertThat(publisher.sent()).hasSize(5);
  }

  @Test
  void line_noBrokerWouldTake_isCountedAndPassedOver() throws IOException {
    String giant = "{\"user_id\":\"u\",\"x\":\"" + "y".repeat(LineReader.LONGEST) + "\"}\n";
    ReplayLoop loop = loop(file("{\"user_id\":\"u\"}\n" + giant + "{\"user_id\":\"v\"}"), 1);

    loop.doWork();

    assertThat(publisher.sent()).extracting(MemoryPublisher.Sent::key).containsExactly("u", "v");
    assertThat(loop.tooLong()).isEqualTo(1);
  }

  @Test
  void file_empty_isFinishedAtOnce() throws IOException {
    ReplayLoop loop = loop(file(""), 1);

    assertThat(loop.doWork()).isZero();
    assertThat(loop.finished()).isTrue();
  }

  @Test
  void lastTime_isTheLatestNotTheLastLine() throws IOException {
    Path file =
        file(
            """
            {"event_time":"2014-01-01T12:00:00+01:00"}
            {"event_time":1388570400000}
            {"event_time":"never"}
            """);

    assertThat(ReplayLoop.lastTime(LineReader.open(file)))
        .isEqualTo(OptionalLong.of(Instant.parse("2014-01-01T11:00:00Z").toEpochMilli()));
  }

  @Test
  void lastTime_noTimes_isEmpty() throws IOException {
    assertThat(ReplayLoop.lastTime(LineReader.open(file("x\n")))).isEmpty();
  }
}
