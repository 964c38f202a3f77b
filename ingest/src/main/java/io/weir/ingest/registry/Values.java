package io.weir.ingest.registry;

import io.weir.ingest.event.Skip;

/** Turns the value of a record into the text that the formats read. */
public interface Values {
  /** Values that are text as they are. */
  Values PLAIN = value -> value;

  byte[] text(byte[] value) throws Skip;

  /** Whether a value has the frame of a schema registry: a zero byte and the schema's number. */
  static boolean isFramed(byte[] value) {
    return value.length >= FramedValues.FRAME && value[0] == 0;
  }
}
