package io.weir.stream.gold;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A store in memory. */
final class MapStore implements CellStore {
  final SortedMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
  int writes;

  @Override
  public byte @Nullable [] get(byte[] key) {
    return entries.get(key);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    writes++;
    entries.put(key, value);
  }

  @Override
  public void putAll(List<Map.Entry<byte[], byte[]>> all) {
    all.forEach(each -> put(each.getKey(), each.getValue()));
  }

  byte @Nullable [] get(String key) {
    return get(key.getBytes(StandardCharsets.UTF_8));
  }
}
