package io.weir.stream.processor.gold;

import io.weir.stream.gold.CellStore;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Cells in a store of Kafka Streams. */
record KeyValueCells(KeyValueStore<Bytes, byte[]> store) implements CellStore {
  @Override
  public byte @Nullable [] get(byte[] key) {
    return store.get(Bytes.wrap(key));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    store.put(Bytes.wrap(key), value);
  }

  @Override
  public void putAll(List<Map.Entry<byte[], byte[]>> entries) {
    store.putAll(
        entries.stream()
            .map(each -> KeyValue.pair(Bytes.wrap(each.getKey()), each.getValue()))
            .toList());
  }
}
