package io.weir.stream.processor;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Where a raw record was first appended; travels in a header with a rekeyed record. */
record RawOrigin(int partition, long offset, long appendTime) {
  private static final String HEADER = "weir-origin";
  private static final int BYTES = Integer.BYTES + 2 * Long.BYTES;

  static @Nullable RawOrigin from(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    if (header == null || header.value() == null || header.value().length != BYTES) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(header.value());
    return new RawOrigin(bytes.getInt(), bytes.getLong(), bytes.getLong());
  }

  void addTo(Headers headers) {
    headers.remove(HEADER);
    headers.add(
        HEADER,
        ByteBuffer.allocate(BYTES).putInt(partition).putLong(offset).putLong(appendTime).array());
  }
}
