package io.weir.stream.processor.gold;

import io.weir.stream.gold.days.DistinctVisitors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The records of visitors' days in a store of Kafka Streams. */
record VisitorRecords(KeyValueStore<Bytes, byte[]> store) implements DistinctVisitors.Records {
  @Override
  public byte @Nullable [] get(String visitor) {
    return store.get(key(visitor));
  }

  @Override
  public void putAll(List<Map.Entry<String, byte[]>> records) {
    var puts = new ArrayList<KeyValue<Bytes, byte[]>>(records.size());
    for (Map.Entry<String, byte[]> each : records) {
      puts.add(KeyValue.pair(key(each.getKey()), each.getValue()));
    }
    store.putAll(puts);
  }

  void delete(String visitor) {
    store.put(key(visitor), null);
  }

  private static Bytes key(String visitor) {
    return Bytes.wrap(visitor.getBytes(StandardCharsets.UTF_8));
  }
}
