package io.weir.stream.ingest;

import io.weir.contract.RejectReason;

/**
 * Carries a rejection out of the parser; never leaves this package. It has no stack trace: it is an
 * expected outcome, and malformed input must be cheap.
 */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 80;

  private final RejectReason reason;

  Refusal(RejectReason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  static Refusal of(RejectReason reason, String field, String rule, String value) {
    String shown = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    return new Refusal(reason, field + " " + rule + ": " + shown);
  }

  Checked.Rejected toRejected() {
    return new Checked.Rejected(reason, String.valueOf(getMessage()));
  }
}
