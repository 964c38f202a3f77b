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
import java.util.List;

/** Shows the events that the first records of each file become. */
final class DryRun {
  private static final int SHOWN = 3;

  private final FileFormats formats;
  private final String application;
  private final PrintStream out;

  DryRun(FileFormats formats, String application, PrintStream out) {
    this.formats = formats;
    this.application = application;
    this.out = out;
  }

  void print(List<Probe> probes) {
    for (Probe probe : probes) {
      out.println(probe.file() + ": " + probe.format().title() + "; its first events:");
      EventFormat format = formats.of(probe);
      int start = Formats.hasHeader(probe.format()) ? 1 : 0;
      var ids = new EventIds(application);
      List<byte[]> records = probe.records();
      for (byte[] record : records.subList(start, Math.min(records.size(), start + SHOWN))) {
        out.println("  " + converted(record, format, ids.next(record, record.length)));
      }
    }
    out.println("nothing was sent (--dry-run)");
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
      return new String(new EventWriter().write(event), StandardCharsets.UTF_8);
    } catch (Skip skip) {
      return "skipped, " + skip.reason() + ": " + skip.getMessage();
    }
  }
}
