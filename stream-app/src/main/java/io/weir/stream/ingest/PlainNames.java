package io.weir.stream.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Guesses the names of fields in plain documents. A producer's documents have the same names in the
 * same order, so the name that followed a name before is likely to follow it again.
 */
final class PlainNames {
  private static final int MAX_NAMES = 256;
  private static final int MAX_LENGTH = 64;

  private final Map<String, Known> known = new HashMap<>();
  private final Known first = new Known("");
  private Known last = first;

  private static final class Known {
    final String name;
    final byte[] written;
    Known next = this;

    Known(String name) {
      this.name = name;
      this.written = ("\"" + name + "\":").getBytes(ISO_8859_1);
    }
  }

  /** Starts a new document. */
  void restart() {
    last = first;
  }

  /** The expected name, if it stands here in quotes before a colon; null for any other name. */
  @Nullable String guess(byte[] document, int at) {
    Known next = last.next;
    byte[] written = next.written;
    int end = at + written.length;
    if (end > document.length || !Arrays.equals(document, at, end, written, 0, written.length)) {
      return null;
    }
    last = next;
    return next.name;
  }

  /** Learns the name that stood there instead of the expected one, and returns it. */
  String learn(String name) {
    Known next = known.get(name);
    if (next == null) {
      if (name.length() > MAX_LENGTH) {
        return name;
      }
      if (known.size() == MAX_NAMES) {
        known.clear();
      }
      next = new Known(name.intern());
      known.put(next.name, next);
    }
    last.next = next;
    last = next;
    return next.name;
  }
}
