package io.weir.ingest.run;

import io.weir.ingest.format.FormatName;
import io.weir.ingest.format.Formats;
import java.nio.file.Path;
import java.util.List;

/** The first records of a file, and the format that they are in. */
public record Probe(Path file, long size, FormatName format, List<byte[]> records) {
  public Probe {
    records = List.copyOf(records);
  }

  /** Whether there is nothing to send yet: no record, or none behind the header. */
  public boolean isEmpty() {
    return records.size() <= (Formats.hasHeader(format) ? 1 : 0);
  }
}
