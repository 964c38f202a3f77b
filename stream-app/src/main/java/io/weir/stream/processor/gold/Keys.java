package io.weir.stream.processor.gold;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Reads keys of a store. */
final class Keys {
  private Keys() {}

  /** The first keys of a range, the key at its end included. */
  static List<Bytes> first(KeyValueStore<Bytes, byte[]> store, Bytes from, Bytes to, int most) {
    var keys = new ArrayList<Bytes>();
    try (KeyValueIterator<Bytes, byte[]> range = store.range(from, to)) {
      while (keys.size() < most && range.hasNext()) {
        keys.add(range.next().key);
      }
    }
    return keys;
  }
}
