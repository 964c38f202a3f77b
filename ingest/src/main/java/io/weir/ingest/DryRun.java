package io.weir.ingest;

import io.weir.ingest.event.EventIds;
import io.weir.ingest.event.EventWriter;
import io.weir.ingest.event.Field;
import io.weir.ingest.event.RawEvent;
import io.weir.ingest.event.Skip;
import io.weir.ingest.format.EventFormat;
import io.weir.ingest.format.Formats;
import io.weir.ingest.run.FileFormats;
import io.weir.ingest.run.Probe;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/** Shows the events that some records become. */
final class DryRun {
  private static final int SHOWN = 3;

  private final String application;
  private final PrintStream out;
  private final Clock clock;

  DryRun(String application, PrintStream out, Clock clock) {
    this.application = application;
    this.out = out;
    this.clock = clock;
  }

  /** The first events of each file. */
  void print(FileFormats formats, List<Probe> probes) {
    for (Probe probe : probes) {
      out.println(probe.file() + ": " + probe.format().title() + "; its first events:");
      EventFormat format = formats.of(probe);
      int start = Formats.hasHeader(probe.format()) ? 1 : 0;
      List<byte[]> records = probe.records();
      print(format, records.subList(Math.min(start, records.size()), records.size()));
    }
    out.println("nothing was sent (--dry-run)");
  }

  /** Some of the events. */
  void print(EventFormat format, List<byte[]> records) {
    var ids = new EventIds(application);
    records.stream()
        .limit(SHOWN)
        .forEach(record ->
            out.println("  " + converted(record, format, ids.next(record, record.length))));
  }

  private String converted(byte[] record, EventFormat format, String id) {
    var event = new RawEvent();
    try {
      format.convert(record, record.length, event);
      if (event.get(Field.EVENT_ID) == null) {
        event.set(Field.EVENT_ID, id);
      }
      if (!application.isEmpty()) {
        event.set(Field.APP_ID, application);
      }
      if (!format.hasTime()) {
        event.setTime(Field.EVENT_TIME, clock.millis());
      }
      return new String(new EventWriter().write(event), StandardCharsets.UTF_8);
    } catch (Skip skip) {
      return "skipped, " + skip.reason() + ": " + skip.getMessage();
    }
  }
}
