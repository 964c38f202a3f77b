package io.weir.ingest.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.ingest.event.Skip.Reason;
import io.weir.ingest.event.Times;
import io.weir.ingest.format.Formats;
import io.weir.ingest.format.MapRules;
import io.weir.ingest.journal.Journal;
import io.weir.process.StartupException;
import io.weir.process.Stop;
import io.weir.testkit.ManualClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each content is sent once: over runs, names, packing, growth and failures. */
class FileIngestTest {
  private static final FileIngest.Observer OPEN =
      new FileIngest.Observer() {
        @Override
        public void firstEvent(long time) {}

        @Override
        public void progress(long bytes) {}
      };

  @TempDir private Path folder = Path.of("");
  private final MemoryPublisher broker = new MemoryPublisher();
  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));

  private static String line(int second) {
    return "192.0.2.7 - - [01/Jul/2024:12:00:%02d +0000] \"GET /%d HTTP/1.1\" 200 1 \"-\" \"A\"\n"
        .formatted(second % 60, second);
  }

  private static String lines(int from, int to) {
    var lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append(line(i));
    }
    return lines.toString();
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static Totals.Skipped skipped(Totals totals, Reason reason) {
    return requireNonNull(totals.skipped().get(reason), reason.toString());
  }

  /** Runs as a new process would. */
  private Totals run(Path file) {
    return run(file, "");
  }

  private Totals run(Path file, String application) {
    var totals = new Totals();
    var rules = new Formats(MapRules.NONE, new Times(ZoneOffset.UTC), "", false);
    var formats = new FileFormats(rules, null, (_, _) -> {});
    try (Journal journal = Journal.open(folder.resolve("journal"), "topic")) {
      var to = new Destination(broker, journal, application, false);
      Probe probe = formats.probe(file);
      new FileIngest(to, clock, new Stop(), totals).send(probe, formats.of(probe), OPEN);
    }
    return totals;
  }

  @Test
  void secondRun_addsNothing_underAnyNameAndPacking() throws IOException {
    Path log = file("access.log", lines(0, 50));
    assertThat(run(log).sentEvents()).isEqualTo(50);

    Path renamed = file("access.log.1", lines(0, 50));
    Path packed = folder.resolve("access.log.2.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(Files.readAllBytes(log));
    }

    assertThat(run(log).knownFiles()).isEqualTo(1);
    assertThat(run(renamed).sentEvents()).isZero();
    assertThat(run(packed).sentEvents()).isZero();
    assertThat(broker.ids()).hasSize(50);
  }

  @Test
  void grownFile_addsWhatIsNew() throws IOException {
    Path log = file("access.log", lines(0, 50));
    run(log);
    Files.writeString(log, lines(50, 60), StandardOpenOption.APPEND);

    Totals second = run(log);

    assertThat(second.sentEvents()).isEqualTo(10);
    assertThat(second.knownRecords()).isEqualTo(50);
    assertThat(new HashSet<>(broker.ids())).hasSize(60);
  }

  @Test
  void fileThatEndsInsideALine_isCompletedLater() throws IOException {
    String content = lines(0, 10);
    Path log = file("access.log", content.substring(0, content.length() - 20));
    assertThat(run(log).sentEvents()).isEqualTo(9);
    Files.writeString(log, content + lines(10, 12));

    assertThat(run(log).sentEvents()).isEqualTo(3);
    assertThat(new HashSet<>(broker.ids())).hasSize(12);
  }

  @Test
  void lastLineWithoutItsEnd_isSentOnce() throws IOException {
    String content = lines(0, 10);
    Path log = file("access.log", content.stripTrailing());
    assertThat(run(log).sentEvents()).isEqualTo(10);
    Files.writeString(log, content + line(10));

    assertThat(run(log).sentEvents()).isEqualTo(1);
    assertThat(broker.ids()).hasSize(11).doesNotHaveDuplicates();
  }

  @Test
  void otherFileWithTheSameBeginning_isAnotherFile() throws IOException {
    run(file("a.log", lines(0, 50)));

    assertThat(run(file("b.log", lines(0, 20) + lines(30, 60))).sentEvents()).isEqualTo(50);
  }

  @Test
  void equalLinesOfOneFile_areEvents_andStayTheSameAgain() throws IOException {
    Path log = file("access.log", line(1) + line(1) + line(2) + line(1));
    run(log);
    Files.delete(folder.resolve("journal/topic.jsonl"));
    run(log);

    assertThat(broker.ids()).hasSize(8);
    assertThat(new HashSet<>(broker.ids())).hasSize(4);
  }

  @Test
  void brokerThatGoesAway_costsNothing_andTheNextRunSendsAll() throws IOException {
    Path log = file("access.log", lines(0, 50));
    broker.failAfter(20);
    assertThatThrownBy(() -> run(log)).isInstanceOf(StartupException.class);
    broker.failAfter(Integer.MAX_VALUE);

    run(log);

    assertThat(new HashSet<>(broker.ids())).hasSize(50);
  }

  @Test
  void longFile_isNotedOnTheWay_soACrashRepeatsLittle() throws IOException {
    Path log = file("access.log", lines(0, 3_000));
    clock.advance(Duration.ofDays(1));
    broker.failAfter(2_500);
    var ticking = new TickingClock(clock);
    assertThatThrownBy(() -> run(log, ticking)).isInstanceOf(StartupException.class);
    broker.failAfter(Integer.MAX_VALUE);

    Totals second = run(log);

    assertThat(second.knownRecords()).isEqualTo(2_048);
    assertThat(new HashSet<>(broker.ids())).hasSize(3_000);
  }

  private void run(Path file, Clock ticking) {
    var rules = new Formats(MapRules.NONE, new Times(ZoneOffset.UTC), "", false);
    var formats = new FileFormats(rules, null, (_, _) -> {});
    try (Journal journal = Journal.open(folder.resolve("journal"), "topic")) {
      var to = new Destination(broker, journal, "", false);
      Probe probe = formats.probe(file);
      new FileIngest(to, ticking, new Stop(), new Totals()).send(probe, formats.of(probe), OPEN);
    }
  }

  @Test
  void journalTornByACrash_isReadAsFarAsItGoes() throws IOException {
    Path log = file("access.log", lines(0, 50));
    run(log);
    Path journal = folder.resolve("journal/topic.jsonl");
    Files.writeString(journal, "{\"name\":\"torn", StandardOpenOption.APPEND);

    assertThat(run(log).sentEvents()).isZero();
    run(file("other.log", lines(60, 70)));
    assertThat(run(file("other.log", lines(60, 70))).sentEvents()).isZero();
  }

  @Test
  void journalInUse_isRefused() {
    try (var _ = Journal.open(folder.resolve("journal"), "topic")) {
      assertThatThrownBy(() -> Journal.open(folder.resolve("journal"), "topic"))
          .hasMessageContaining("another ingest");
    }
  }

  @Test
  void badLines_areCountedWithTheFirst_andTheRestIsSent() throws IOException {
    Path log =
        file("access.log", line(1) + "\0\0\0\n" + "junk\n" + "x".repeat(2 << 20) + "\n" + line(2));

    Totals totals = run(log);

    assertThat(totals.sentEvents()).isEqualTo(2);
    assertThat(totals.records()).isEqualTo(5);
    assertThat(skipped(totals, Reason.NOT_A_LOG_LINE).count()).isEqualTo(2);
    assertThat(skipped(totals, Reason.NOT_A_LOG_LINE).example()).contains("access.log:2: ???");
    assertThat(skipped(totals, Reason.LINE_TOO_LONG).count()).isEqualTo(1);
  }

  @Test
  void truncatedPackedFile_isSentAsFarAsItGoes_andCompletedLater() throws IOException {
    Path packed = folder.resolve("access.log.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(lines(0, 20_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
    byte[] whole = Files.readAllBytes(packed);
    Files.write(packed, java.util.Arrays.copyOf(whole, whole.length / 2));
    Totals half = run(packed);
    Files.write(packed, whole);

    Totals rest = run(packed);

    assertThat(skipped(half, Reason.TRUNCATED).count()).isEqualTo(1);
    assertThat(half.sentEvents()).isBetween(1L, 19_999L);
    assertThat(half.sentEvents() + rest.sentEvents()).isEqualTo(20_000);
  }

  @Test
  void csv_isReadUnderItsHeader_andGrows() throws IOException {
    String header = "time,visitor,event\n";
    Path csv = file("a.csv", header + "2024-07-01T10:00:00Z,v1,page_view\n");
    assertThat(run(csv).sentEvents()).isEqualTo(1);
    Files.writeString(csv, "2024-07-01T10:01:00Z,v2,purchase\n", StandardOpenOption.APPEND);

    Totals second = run(csv);

    assertThat(second.sentEvents()).isEqualTo(1);
    assertThat(second.types()).containsOnlyKeys("purchase");
  }
}
