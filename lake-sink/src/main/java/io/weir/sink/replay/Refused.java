package io.weir.sink.replay;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A refused record, whole. */
record Refused(
    Summary summary,
    List<NamedBytes> headers,
    @Nullable ByteBuffer key,
    @Nullable ByteBuffer value) {

  /** A header. */
  record NamedBytes(String name, @Nullable ByteBuffer value) {}

  Refused {
    headers = List.copyOf(headers);
  }

  Origin origin() {
    return summary.origin();
  }
}
