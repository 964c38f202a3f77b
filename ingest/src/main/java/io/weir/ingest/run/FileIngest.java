package io.weir.ingest.run;

import io.weir.ingest.event.EventIds;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import io.weir.ingest.event.Times;
import io.weir.ingest.format.EventFormat;
import io.weir.ingest.format.Formats;
import io.weir.ingest.journal.Entry;
import io.weir.ingest.journal.Resume;
import io.weir.ingest.journal.Resume.Head;
import io.weir.ingest.journal.Resume.Known;
import io.weir.ingest.read.Content;
import io.weir.ingest.read.RecordReader;
import io.weir.ingest.run.EventConverter.Event;
import io.weir.ingest.run.EventConverter.Place;
import io.weir.process.Stop;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Sends one file after the other and notes in the journal what was sent. */
public final class FileIngest {
  /** The interval of notes in the journal: after a crash this much is sent again. */
  private static final long NOTE_MILLIS = 5_000;

  private static final int RECORDS_PER_LOOK = 1_024;

  private final Destination to;
  private final Clock clock;
  private final Stop stop;
  private final Totals totals;
  private final EventIds ids;
  private final EventConverter converter;
  private long noted;
  private boolean isFirst;

  /** Observes the sending of a file. */
  public interface Observer {
    /** Called before the first new event of a file is sent. */
    void firstEvent(long time);

    /** Called now and then with the number of bytes read from the file. */
    void progress(long bytes);
  }

  public FileIngest(Destination to, Clock clock, Stop stop, Totals totals) {
    this.to = to;
    this.clock = clock;
    this.stop = stop;
    this.totals = totals;
    this.ids = new EventIds(to.application());
    this.converter = new EventConverter(to.application());
  }

  /** The number of texts and lists that were cut to the contract's limits. */
  public long shortened() {
    return converter.shortened();
  }

  /**
   * Sends the new part of the file.
   *
   * @param observer may refuse the file by an exception when it sees the first event's time
   */
  public void send(Probe probe, EventFormat format, Observer observer) {
    Optional<Known> known =
        to.isAgain() ? Optional.empty() : Resume.find(probe.file(), to.journal().entries());
    totals.file(probe.size());
    if (known.isPresent() && known.get().isWhole()) {
      Entry entry = known.get().entry();
      totals.knownFile(probe.file() + " was sent on " + entry.time() + " as " + entry.name());
      return;
    }
    long from = known.map(each -> each.entry().bytes()).orElse(0L);
    ids.startFile();
    isFirst = true;
    noted = clock.millis();
    try (var reader =
        new RecordReader(Content.open(probe.file()), Formats.hasHeader(probe.format()))) {
      long before = totals.sentEvents();
      records(probe, new Source(format, reader, from), observer);
      note(probe.file(), reader, totals.sentEvents() - before);
    }
  }

  /**
   * A file being sent.
   *
   * @param from the position up to which an earlier run sent the file
   */
  private record Source(EventFormat format, RecordReader reader, long from) {}

  private void records(Probe probe, Source source, Observer observer) {
    RecordReader reader = source.reader;
    boolean isHeader = Formats.hasHeader(probe.format());
    int untilLook = RECORDS_PER_LOOK;
    long before = totals.sentEvents();
    while (reader.next()) {
      if (isHeader) {
        isHeader = false;
        continue;
      }
      if (!reader.isTerminated() && reader.isTruncated()) {
        break;
      }
      record(probe.file(), source, observer);
      if (--untilLook == 0) {
        untilLook = RECORDS_PER_LOOK;
        observer.progress(reader.bytesRead());
        if (stop.isRequested()) {
          return;
        }
        if (clock.millis() - noted >= NOTE_MILLIS) {
          note(probe.file(), reader, totals.sentEvents() - before);
        }
      }
    }
    if (reader.isTruncated()) {
      truncated(probe.file(), reader);
    }
  }

  private void truncated(Path file, RecordReader reader) {
    totals.record();
    totals.skip(file + ":" + reader.line(), new Skip(Reason.TRUNCATED, "the rest is missing"));
  }

  private void record(Path file, Source source, Observer observer) {
    RecordReader reader = source.reader;
    totals.record();
    String id = reader.isTooLong() ? "" : ids.next(reader.record(), reader.length());
    if (reader.contentEnd() <= source.from) {
      totals.known();
      return;
    }
    try {
      refuse(reader);
      var place = new Place(id, Times.INVALID);
      Event event = converter.convert(reader.record(), reader.length(), place, source.format);
      if (isFirst) {
        observer.firstEvent(event.time());
        isFirst = false;
      }
      event.sendTo(to.publisher());
      totals.sent(event.type(), event.time(), event.visitor());
    } catch (Skip skip) {
      totals.skip(file + ":" + reader.line(), skip);
    }
  }

  private static void refuse(RecordReader reader) throws Skip {
    if (reader.isTooLong()) {
      throw new Skip(
          Reason.LINE_TOO_LONG, new String(reader.record(), 0, 200, StandardCharsets.ISO_8859_1));
    }
    if (reader.isQuoteOpen()) {
      throw new Skip(Reason.OPEN_QUOTE, new String(reader.copy(), StandardCharsets.ISO_8859_1));
    }
  }

  /**
   * Notes the position after everything is delivered: a crash in between sends twice, but never
   * loses.
   */
  private void note(Path file, RecordReader reader, long events) {
    to.publisher().flush();
    long bytes = reader.offset();
    if (bytes > 0) {
      Head head = Head.of(file);
      int headLength = (int) Math.min(head.length(), bytes);
      to.journal()
          .add(
              new Entry(
                  headLength,
                  head.fingerprint(headLength),
                  bytes,
                  reader.fingerprint(),
                  events,
                  String.valueOf(file.getFileName()),
                  clock.instant()));
    }
    noted = clock.millis();
  }
}
