package io.weir.ingest.format;

import io.weir.ingest.event.Skip;

/** Takes a record of a file apart into named values. */
interface Rows {
  void read(byte[] record, int length, Row into) throws Skip;
}
