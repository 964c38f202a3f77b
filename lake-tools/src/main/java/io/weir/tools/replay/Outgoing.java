package io.weir.tools.replay;

import io.weir.tools.replay.StoredRecord.NamedBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A record to send, and its origin. Without a partition the key decides the partition. */
record Outgoing(
    String mark,
    Optional<Integer> partition,
    List<NamedBytes> headers,
    @Nullable ByteBuffer key,
    @Nullable ByteBuffer value) {
  static final String REPLAYED_FROM = "weir-replayed-from";

  /** The headers that belong to the earlier record only. */
  private static final Set<String> DROPPED = Set.of(REPLAYED_FROM, "weir-origin");

  Outgoing {
    headers = List.copyOf(headers);
  }

  /** A record with a new value, without the headers that belong to the old one only. */
  static Outgoing repaired(StoredRecord record, @Nullable ByteBuffer value) {
    var headers = new ArrayList<NamedBytes>();
    for (NamedBytes header : record.headers()) {
      if (!DROPPED.contains(header.name())) {
        headers.add(header);
      }
    }
    String mark = record.origin().mark();
    headers.add(replayedFrom(mark));
    return new Outgoing(mark, Optional.empty(), headers, record.key(), value);
  }

  /**
   * A copy of a record with one more header. Without a key it goes to the partition of the same
   * number, modulo the topic's number of partitions.
   */
  static Outgoing unchanged(StoredRecord record, int partitions) {
    Origin origin = record.origin();
    var headers = new ArrayList<>(record.headers());
    headers.add(replayedFrom(origin.mark()));
    Optional<Integer> partition =
        record.key() == null ? Optional.of(origin.partition() % partitions) : Optional.empty();
    return new Outgoing(origin.mark(), partition, headers, record.key(), record.value());
  }

  private static NamedBytes replayedFrom(String mark) {
    return new NamedBytes(REPLAYED_FROM, ByteBuffer.wrap(mark.getBytes(StandardCharsets.UTF_8)));
  }
}
