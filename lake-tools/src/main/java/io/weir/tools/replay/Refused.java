package io.weir.tools.replay;

/**
 * A refused record.
 *
 * @param isCut key, value or headers were too large: the record holds a part of them
 */
record Refused(RefusedSummary summary, StoredRecord record, boolean isCut) {
  Origin origin() {
    return summary.origin();
  }
}
