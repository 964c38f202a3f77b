package io.weir.ingest.format;

import io.weir.ingest.event.RawEvent;
import io.weir.ingest.event.Skip;

/** Fills an event from one record of a source. */
public interface EventFormat {
  /**
   * Fills the event.
   *
   * @param into empty before; its contents are undefined after a skip
   */
  void convert(byte[] record, int length, RawEvent into) throws Skip;

  /** The mapping for people, one line each. */
  String describe();

  /** The same without values of the records, which may be personal. */
  default String describeNames() {
    return describe();
  }
}
