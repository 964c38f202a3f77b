package io.weir.stream.processor.limits;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Headers that take more than {@link RecordLimits#HEADERS} together are left out, from the first on
 * that does not fit. One header more then says how many bytes all of them had.
 */
public final class HeaderCut {
  /** A random name per process, so that no producer can forge this header. */
  private static final String LENGTH = "weir-headers-length-" + UUID.randomUUID();

  /** The cost of removal grows with the square of the number: a record may take milliseconds. */
  private static final int MOST = 1_000;

  private HeaderCut() {}

  /**
   * Cuts in place. Headers that stay no longer refer to the buffer of the record they came with,
   * which would keep the whole record in memory.
   */
  static void apply(Headers headers) {
    int count = 0;
    long length = 0;
    Set<String> names = null;
    for (Header header : headers) {
      if (names == null) {
        names = new LinkedHashSet<>();
      }
      count++;
      length += length(header);
      names.add(header.key());
    }
    if (names == null || length <= RecordLimits.HEADERS || count > MOST) {
      return;
    }
    List<Header> kept = fitting(headers);
    names.forEach(headers::remove);
    kept.forEach(headers::add);
    headers.add(LENGTH, ByteBuffer.allocate(Long.BYTES).putLong(length).array());
  }

  /** The bytes of the names and values of all headers, as they were before a cut. */
  public static long length(Headers headers) {
    Header said = headers.lastHeader(LENGTH);
    if (said != null && said.value() != null && said.value().length == Long.BYTES) {
      return ByteBuffer.wrap(said.value()).getLong();
    }
    long length = 0;
    for (Header header : headers) {
      length += length(header);
    }
    return length;
  }

  /** The first headers, as many as fit; not the one that says how long they were. */
  public static List<Header> fitting(Headers headers) {
    var kept = new ArrayList<Header>();
    long length = 0;
    for (Header header : headers) {
      length += length(header);
      if (length > RecordLimits.HEADERS) {
        break;
      }
      if (!header.key().equals(LENGTH)) {
        kept.add(new RecordHeader(header.key(), header.value()));
      }
    }
    return kept;
  }

  private static long length(Header header) {
    String name = header.key();
    byte[] value = header.value();
    long bytes = name.getBytes(StandardCharsets.UTF_8).length;
    return value == null ? bytes : bytes + value.length;
  }
}
