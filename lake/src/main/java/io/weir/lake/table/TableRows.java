package io.weir.lake.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/** Reads the rows of a table with Iceberg's own reader, deletes applied. */
public final class TableRows {
  private TableRows() {}

  /** Gives each row of the scan to the consumer. */
  public static void read(IcebergGenerics.ScanBuilder scan, Consumer<Record> consumer) {
    try (CloseableIterable<Record> rows = scan.build()) {
      rows.forEach(consumer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
