package io.weir.stream.processor.gold;

import java.nio.ByteBuffer;

/**
 * The times before which a partition deletes what it had. They never go back, also when a setting
 * changes: a difference to something deleted would be a wrong sum.
 *
 * @param facts of sessions that start before are deleted, and these sessions change no cell
 * @param quarters cells of 15 minutes that start before are deleted
 */
record Floors(long facts, long quarters) {
  static final Floors NONE = new Floors(Long.MIN_VALUE, Long.MIN_VALUE);

  static Floors of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new Floors(in.getLong(), in.getLong());
  }

  byte[] bytes() {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(facts).putLong(quarters).array();
  }

  Floors raisedTo(long facts, long quarters) {
    return new Floors(Math.max(this.facts, facts), Math.max(this.quarters, quarters));
  }
}
