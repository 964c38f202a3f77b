package io.weir.sink.write;

/** The newest row of a key in a batch; {@code day} is where its older rows lie as well. */
record KeyedRow(String key, long rank, int day, TableRow row) {
  boolean isRetracted() {
    return Ranks.isRetracted(rank);
  }
}
