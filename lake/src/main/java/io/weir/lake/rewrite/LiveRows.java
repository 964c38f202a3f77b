package io.weir.lake.rewrite;

import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericDeleteFilter;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;

/** Reads the rows of a data file without those that delete files remove. */
public final class LiveRows {
  private LiveRows() {}

  public static CloseableIterable<Record> of(Table table, FileScanTask task) {
    var filter = new GenericDeleteFilter(table.io(), task, table.schema(), table.schema());
    Schema required = filter.requiredSchema();
    CloseableIterable<Record> rows =
        Parquet.read(table.io().newInputFile(task.file()))
            .project(required)
            .createReaderFunc(file -> GenericParquetReaders.buildReader(required, file))
            .build();
    return filter.filter(rows);
  }
}
