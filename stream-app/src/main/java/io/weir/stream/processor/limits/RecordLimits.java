package io.weir.stream.processor.limits;

import io.weir.stream.ingest.EventParser;
import io.weir.stream.ingest.Excerpt;

/**
 * The limits up to which a raw record is kept in memory. A broker limits the compressed size of a
 * batch only; the size that it unpacks to is up to its producer.
 */
public final class RecordLimits {
  /** A key of a good producer is an id, of at most 255 characters. */
  public static final int KEY = 2 * Excerpt.END;

  /** A larger value is refused whatever it says. */
  public static final int VALUE = EventParser.MAX_BYTES;

  /** Headers go into a refused record only. */
  public static final int HEADERS = 16 * 1024;

  private RecordLimits() {}

  /** A record with all its parts at their limits. */
  static int record() {
    return KEY + VALUE + HEADERS;
  }
}
