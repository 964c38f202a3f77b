package io.weir.stream.processor.gold;

import java.nio.ByteBuffer;

/**
 * The times before which a partition deletes what it had. They never go back, also when a setting
 * changes: a difference to something deleted would be a wrong sum.
 *
 * @param facts of sessions that start before are deleted, and these sessions change no cell
 * @param quarters cells of 15 minutes that start before are deleted
 */
record PurgeFloors(long facts, long quarters) {
  static final PurgeFloors NONE = new PurgeFloors(Long.MIN_VALUE, Long.MIN_VALUE);

  static PurgeFloors of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new PurgeFloors(in.getLong(), in.getLong());
  }

  byte[] bytes() {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(facts).putLong(quarters).array();
  }

  PurgeFloors raisedTo(long facts, long quarters) {
    return new PurgeFloors(Math.max(this.facts, facts), Math.max(this.quarters, quarters));
  }
}
