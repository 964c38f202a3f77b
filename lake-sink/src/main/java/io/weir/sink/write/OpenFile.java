package io.weir.sink.write;

import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.types.TypeUtil;

/**
 * The memory of an open Parquet file with few rows. It grows with the number of columns, so a file
 * of sessions takes more than one of events. {@code OpenFilesTest} measures it.
 */
final class OpenFile {
  /** Buffers of the file and of its codec. */
  private static final long FILE_BYTES = 1 << 20;

  /** The first piece of a dictionary's list of numbers. */
  private static final long COLUMN_BYTES = 16 << 10;

  private OpenFile() {}

  static long bytes(Table table) {
    long columns =
        TypeUtil.indexById(table.schema().asStruct()).values().stream()
            .filter(field -> field.type().isPrimitiveType())
            .count();
    return FILE_BYTES + columns * COLUMN_BYTES + blooms(table) * bloomBytes(table);
  }

  private static long blooms(Table table) {
    return table.properties().entrySet().stream()
        .filter(each ->
            each.getKey().startsWith(TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX)
                && Boolean.parseBoolean(each.getValue()))
        .count();
  }

  /** An adaptive filter begins with several sizes, each half of the one before. */
  private static long bloomBytes(Table table) {
    String most =
        table
            .properties()
            .getOrDefault(
                TableProperties.PARQUET_BLOOM_FILTER_MAX_BYTES,
                Integer.toString(TableProperties.PARQUET_BLOOM_FILTER_MAX_BYTES_DEFAULT));
    return 2 * Long.parseLong(most);
  }
}
