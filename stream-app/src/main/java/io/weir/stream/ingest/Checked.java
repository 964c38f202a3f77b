package io.weir.stream.ingest;

import io.weir.contract.RejectReason;
import io.weir.contract.avro.EnrichedEvent;

/** The outcome of checking a raw record: an accepted event, or the reason for its rejection. */
public sealed interface Checked {
  record Accepted(EnrichedEvent event) implements Checked {}

  /**
   * @param detail the field, the value and the rule, for a person to read
   */
  record Rejected(RejectReason reason, String detail) implements Checked {}
}
