package io.weir.stream.ops;

import io.weir.contract.Topic;
import io.weir.process.StartupException;
import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One cache and one write-buffer budget for all stores of the process; index and filter blocks lie
 * inside it. Kafka Streams creates this class by name for each store, so what they share is static.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
  /** The configuration key of the total, in bytes. */
  public static final String MEMORY = "weir.rocksdb.memory";

  private static final int BLOOM_BITS = 10;

  /** The filter's share of the write buffer. A larger one costs a store with few entries, too. */
  private static final double BUFFER_BLOOM = 0.005;

  private static @Nullable Shared shared;

  private record Shared(Cache cache, WriteBufferManager buffers) {}

  private static synchronized Shared shared(long memory) {
    Shared existing = shared;
    if (existing == null) {
      RocksDB.loadLibrary();
      var cache = new LRUCache(memory, -1, false, 0.1);
      existing = new Shared(cache, new WriteBufferManager(memory / 2, cache));
      shared = existing;
    }
    return existing;
  }

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    if (!(configs.get(MEMORY) instanceof Long memory)) {
      throw new StartupException(MEMORY + " is not set for store " + storeName);
    }
    Shared budget = shared(memory);
    var table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(budget.cache());
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinTopLevelIndexAndFilter(true);
    table.setFilterPolicy(new BloomFilter(BLOOM_BITS));
    options.setWriteBufferManager(budget.buffers());
    // Most keys that are looked up are new: a filter says so without a search in the buffer.
    options.setMemtablePrefixBloomSizeRatio(BUFFER_BLOOM);
    options.setMemtableWholeKeyFiltering(true);
    options.setTableFormatConfig(table);
    // Deleted and replaced values stay in files until a compaction merges the files.
    options.setPeriodicCompactionSeconds(Topic.LONGEST_UNCOMPACTED.toSeconds());
  }

  @Override
  public void close(String storeName, Options options) {
    // The cache and the buffers belong to all stores.
  }
}
