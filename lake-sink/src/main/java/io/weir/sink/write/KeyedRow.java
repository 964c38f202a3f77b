package io.weir.sink.write;

/**
 * The newest row of a key in a batch; {@code day} is the partition that also has the key's older
 * rows.
 */
record KeyedRow(String key, long rank, int day, TableRow row) {
  boolean isRetracted() {
    return Ranks.isRetracted(rank);
  }
}
