package io.weir.tools.replay;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refused record.
 *
 * @param isCut key, value or headers were too large: what is here is a part of them
 */
record Refused(
    RefusedSummary summary,
    List<NamedBytes> headers,
    @Nullable ByteBuffer key,
    @Nullable ByteBuffer value,
    boolean isCut) {

  /** A header. */
  record NamedBytes(String name, @Nullable ByteBuffer value) {}

  Refused {
    headers = List.copyOf(headers);
  }

  Origin origin() {
    return summary.origin();
  }
}
