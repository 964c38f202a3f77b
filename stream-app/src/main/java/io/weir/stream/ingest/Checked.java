package io.weir.stream.ingest;

import io.weir.contract.RejectReason;
import io.weir.contract.avro.EnrichedEvent;

/** What became of a raw record: an event, or the reason why it is none. */
public sealed interface Checked {
  record Accepted(EnrichedEvent event) implements Checked {}

  /**
   * @param detail for a person: which field, which value, which rule
   */
  record Rejected(RejectReason reason, String detail) implements Checked {}
}
