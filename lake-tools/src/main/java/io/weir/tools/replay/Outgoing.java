package io.weir.tools.replay;

import io.weir.tools.replay.Refused.NamedBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A record to send, and where it comes from; without a partition its key says where it goes. */
record Outgoing(
    String mark,
    Optional<Integer> partition,
    List<NamedBytes> headers,
    @Nullable ByteBuffer key,
    @Nullable ByteBuffer value) {
  static final String REPLAYED_FROM = "weir-replayed-from";

  /** True of the record as it was sent before only. */
  private static final Set<String> DROPPED = Set.of(REPLAYED_FROM, "weir-origin");

  Outgoing {
    headers = List.copyOf(headers);
  }

  static Outgoing of(Refused refused, @Nullable ByteBuffer value) {
    var headers = new ArrayList<NamedBytes>();
    for (NamedBytes header : refused.headers()) {
      if (!DROPPED.contains(header.name())) {
        headers.add(header);
      }
    }
    String mark = refused.origin().mark();
    headers.add(replayedFrom(mark));
    return new Outgoing(mark, Optional.empty(), headers, refused.key(), value);
  }

  /** All its headers, and one more. */
  static Outgoing of(RawTable.Row row, Optional<Integer> partition) {
    var headers = new ArrayList<>(row.headers());
    headers.add(replayedFrom(row.mark()));
    return new Outgoing(row.mark(), partition, headers, row.key(), row.value());
  }

  private static NamedBytes replayedFrom(String mark) {
    return new NamedBytes(REPLAYED_FROM, ByteBuffer.wrap(mark.getBytes(StandardCharsets.UTF_8)));
  }
}
