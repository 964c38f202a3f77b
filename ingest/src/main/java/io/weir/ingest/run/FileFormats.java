package io.weir.ingest.run;

import io.weir.ingest.event.Field;
import io.weir.ingest.event.RawEvent;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Times;
import io.weir.ingest.format.EventFormat;
import io.weir.ingest.format.FormatName;
import io.weir.ingest.format.Formats;
import io.weir.ingest.read.Content;
import io.weir.ingest.read.RecordReader;
import io.weir.ingest.read.UnreadableFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The format of each file. Files of one format share one mapping; CSV files share one if their
 * headers are equal.
 */
public final class FileFormats {
  private static final int RECORDS = 200;
  private static final int BYTES = 1 << 20;
  private static final int MOST_SHARED = 2_000;

  private final Formats formats;
  private final @Nullable FormatName forced;
  private final BiConsumer<Probe, EventFormat> news;
  private final Map<String, EventFormat> made = new LinkedHashMap<>();

  /**
   * Formats of files.
   *
   * @param forced the format of all files, or null to detect each file's
   * @param news is told of every format when it first occurs
   */
  public FileFormats(
      Formats formats, @Nullable FormatName forced, BiConsumer<Probe, EventFormat> news) {
    this.formats = formats;
    this.forced = forced;
    this.news = news;
  }

  /** Reads the first records. */
  public Probe probe(Path file) {
    List<byte[]> lines = first(file, forced == FormatName.CSV);
    FormatName name = forced;
    if (name == null) {
      name = lines.isEmpty() ? FormatName.JSONL : detected(file, lines);
    }
    List<byte[]> records = Formats.hasHeader(name) ? first(file, true) : lines;
    try {
      return new Probe(file, Files.size(file), name, records);
    } catch (IOException e) {
      throw new UnreadableFileException(file + " cannot be read: " + e.getMessage());
    }
  }

  private FormatName detected(Path file, List<byte[]> lines) {
    try {
      return formats.detect(lines);
    } catch (IllegalArgumentException e) {
      throw new UnreadableFileException(file + ": " + e.getMessage());
    }
  }

  private static List<byte[]> first(Path file, boolean isQuoted) {
    try (var reader = new RecordReader(Content.open(file), isQuoted)) {
      var records = new ArrayList<byte[]>();
      long bytes = 0;
      while (records.size() < RECORDS && bytes < BYTES && reader.next()) {
        records.add(reader.copy());
        bytes += reader.length();
      }
      return records;
    }
  }

  /** Finds the mappings of these files together, so that the fields of all of them are known. */
  public void prepare(List<Probe> probes) {
    var lines = new ArrayList<byte[]>();
    for (Probe probe : probes) {
      if (probe.format() == FormatName.JSONL && lines.size() < MOST_SHARED) {
        lines.addAll(probe.records());
      }
    }
    for (Probe probe : probes) {
      of(
          probe.format() == FormatName.JSONL
              ? new Probe(probe.file(), probe.size(), probe.format(), lines)
              : probe);
    }
  }

  /** The format of a file. */
  public EventFormat of(Probe probe) {
    String key = key(probe);
    EventFormat known = made.get(key);
    if (known != null) {
      return known;
    }
    try {
      EventFormat format = formats.make(probe.format(), probe.records());
      made.put(key, format);
      news.accept(probe, format);
      return format;
    } catch (IllegalArgumentException e) {
      throw new UnreadableFileException(probe.file() + ": " + e.getMessage());
    }
  }

  private static String key(Probe probe) {
    boolean hasRecords = !probe.records().isEmpty();
    return switch (probe.format()) {
      case CSV ->
          "csv "
              + (hasRecords
                  ? new String(probe.records().getFirst(), StandardCharsets.ISO_8859_1)
                  : "");
      case SNOWPLOW -> "snowplow " + (hasRecords && probe.records().getFirst()[0] == '{');
      default -> probe.format().name();
    };
  }

  /** The earliest time among the first records, or {@link Times#INVALID}. */
  public long firstTime(Probe probe) {
    EventFormat format = of(probe);
    var event = new RawEvent();
    long earliest = Long.MAX_VALUE;
    int start = Formats.hasHeader(probe.format()) ? 1 : 0;
    for (byte[] record :
        probe.records().subList(Math.min(start, probe.records().size()), probe.records().size())) {
      event.clear();
      try {
        format.convert(record, record.length, event);
        long time = event.time(Field.EVENT_TIME);
        earliest = time == Times.INVALID ? earliest : Math.min(earliest, time);
      } catch (Skip _) {
        // the skip is counted when the file is read
      }
    }
    return earliest == Long.MAX_VALUE ? Times.INVALID : earliest;
  }
}
