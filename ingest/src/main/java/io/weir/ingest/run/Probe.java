package io.weir.ingest.run;

import io.weir.ingest.format.FormatName;
import java.nio.file.Path;
import java.util.List;

/** What the first records of a file tell. */
public record Probe(Path file, long size, FormatName format, List<byte[]> records) {
  public Probe {
    records = List.copyOf(records);
  }
}
