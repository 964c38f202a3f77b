package io.weir.stream.gold;

import org.jspecify.annotations.Nullable;

/** A store of bytes by key, changed in the transaction of the events. */
public interface CellStore {
  byte @Nullable [] get(byte[] key);

  void put(byte[] key, byte[] value);
}
