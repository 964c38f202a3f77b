package io.weir.ingest;

import io.weir.ingest.event.EventIds;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Times;
import io.weir.ingest.format.EventFormat;
import io.weir.ingest.format.Formats;
import io.weir.ingest.run.EventConverter;
import io.weir.ingest.run.EventConverter.Event;
import io.weir.ingest.run.EventConverter.Place;
import io.weir.ingest.run.FileFormats;
import io.weir.ingest.run.Probe;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Shows the events that some records become. */
final class DryRun {
  private static final int SHOWN = 3;

  private final String application;
  private final EventConverter converter;
  private final PrintStream out;

  DryRun(String application, PrintStream out) {
    this.application = application;
    this.converter = new EventConverter(application);
    this.out = out;
  }

  /** The first events of each file. */
  void print(FileFormats formats, List<Probe> probes) {
    for (Probe probe : probes) {
      out.println(probe.file() + ": " + probe.format().title() + "; its first events:");
      EventFormat format = formats.of(probe);
      int start = Formats.hasHeader(probe.format()) ? 1 : 0;
      List<byte[]> records = probe.records();
      print(
          format, records.subList(Math.min(start, records.size()), records.size()), Times.INVALID);
    }
    out.println("nothing was sent (--dry-run)");
  }

  /**
   * Some of the events.
   *
   * @param time of events whose records do not say theirs
   */
  void print(EventFormat format, List<byte[]> records, long time) {
    var ids = new EventIds(application);
    records.stream()
        .limit(SHOWN)
        .forEach(record ->
            out.println(
                "  "
                    + converted(record, format, new Place(ids.next(record, record.length), time))));
  }

  private String converted(byte[] record, EventFormat format, Place place) {
    try {
      Event event = converter.convert(record, record.length, place, format);
      return new String(event.value(), StandardCharsets.UTF_8);
    } catch (Skip skip) {
      return "skipped, " + skip.reason() + ": " + skip.getMessage();
    }
  }
}
