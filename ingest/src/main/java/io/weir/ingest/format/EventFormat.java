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

  /** Whether records say when their events happened. */
  default boolean hasTime() {
    return true;
  }

  /** The mapping for people, one line each. */
  String describe();
}
