package io.weir.stream.gold;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store of bytes by key, changed in the transaction of the events. */
public interface CellStore {
  byte @Nullable [] get(byte[] key);

  void put(byte[] key, byte[] value);

  /** Puts many at once, which costs less. */
  void putAll(List<Map.Entry<byte[], byte[]>> entries);
}
