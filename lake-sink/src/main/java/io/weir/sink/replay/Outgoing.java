package io.weir.sink.replay;

import io.weir.sink.replay.Refused.NamedBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A record to send: the refused one's key and headers, and where it comes from. */
record Outgoing(
    Origin origin, List<NamedBytes> headers, @Nullable ByteBuffer key, @Nullable ByteBuffer value) {
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
    byte[] mark = refused.origin().mark().getBytes(StandardCharsets.UTF_8);
    headers.add(new NamedBytes(REPLAYED_FROM, ByteBuffer.wrap(mark)));
    return new Outgoing(refused.origin(), headers, refused.key(), value);
  }
}
