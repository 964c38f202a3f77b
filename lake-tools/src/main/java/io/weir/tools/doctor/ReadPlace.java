package io.weir.tools.doctor;

/**
 * What a group has of one partition. All are offsets.
 *
 * @param read the next record to read; -1 if the group never committed any
 * @param begin the first record that is kept
 * @param end behind the last record
 * @param firstNewer the first record that is new enough to be unread; -1 if there is none
 */
record ReadPlace(long read, long begin, long end, long firstNewer) {
  /** The ends of transactions take offsets, too, and nobody reads them. */
  private static final long MARKERS = 2;

  /** The records that have expired unread. */
  long lost() {
    return read < 0 ? 0 : records(begin - read);
  }

  /** The records that were there a while ago and are not read. */
  long old() {
    // Without a newer record all that are there are old.
    return records((firstNewer < 0 ? end : firstNewer) - Math.max(read, begin));
  }

  private static long records(long offsets) {
    return offsets > MARKERS ? offsets : 0;
  }
}
