package io.weir.lake.table;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;

/**
 * A row of {@code bronze.raw_events} whose content is erased. Its offset stays, because the audit
 * would report a missing offset as a lost record.
 */
public final class ErasedRow {
  private static final String HEADER = "weir-erased";

  private ErasedRow() {}

  /** A copy of the row without key and value, whose only header says when the row was erased. */
  public static Record of(Record row, Instant when) {
    Types.StructType type =
        row.struct().fieldType("headers").asListType().elementType().asStructType();
    Record header = GenericRecord.create(type);
    header.setField("key", HEADER);
    header.setField("value", ByteBuffer.wrap(when.toString().getBytes(StandardCharsets.UTF_8)));
    Record erased = row.copy();
    erased.setField("key", null);
    erased.setField("value", null);
    erased.setField("headers", List.of(header));
    return erased;
  }

  /** Whether the row is erased. The row must have been read with its headers and value. */
  public static boolean is(Record row) {
    return row.getField("value") == null
        && row.getField("headers") instanceof List<?> headers
        && headers.size() == 1
        && headers.getFirst() instanceof Record header
        && HEADER.equals(header.getField("key"));
  }
}
