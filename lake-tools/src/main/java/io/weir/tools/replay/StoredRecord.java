package io.weir.tools.replay;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/** A record of the raw topic as it is stored in a table of the lake. */
record StoredRecord(
    Origin origin, List<NamedBytes> headers, @Nullable ByteBuffer key, @Nullable ByteBuffer value) {

  /** A header. */
  record NamedBytes(String name, @Nullable ByteBuffer value) {}

  StoredRecord {
    headers = List.copyOf(headers);
  }

  /** Reads the columns that {@code bronze.raw_events} and {@code bronze.rejected} both have. */
  static StoredRecord of(Origin origin, Record row) {
    return new StoredRecord(
        origin, headers(row), (ByteBuffer) row.getField("key"), (ByteBuffer) row.getField("value"));
  }

  static List<NamedBytes> headers(Record row) {
    var list = (List<?>) row.getField("headers");
    var headers = new ArrayList<NamedBytes>(list.size());
    for (Object each : list) {
      var header = (Record) each;
      headers.add(
          new NamedBytes((String) header.getField("key"), (ByteBuffer) header.getField("value")));
    }
    return headers;
  }
}
