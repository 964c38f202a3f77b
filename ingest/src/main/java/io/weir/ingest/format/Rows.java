package io.weir.ingest.format;

import io.weir.ingest.event.Skip;

/** Splits a record of a file into named values. */
interface Rows {
  void read(byte[] record, int length, Row into) throws Skip;
}
