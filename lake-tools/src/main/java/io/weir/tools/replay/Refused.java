package io.weir.tools.replay;

/**
 * A refused record.
 *
 * @param isCut whether key, value or headers were too large, so that the record has only a part of
 *     them
 */
record Refused(RefusedSummary summary, StoredRecord record, boolean isCut) {
  Origin origin() {
    return summary.origin();
  }
}
