package io.weir.stream.processor.visitors;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds {@link VisitorStore}s: logged, and cached in their own way. */
public final class VisitorStoreBuilder implements StoreBuilder<VisitorStore> {
  /** Far larger than any record of a visitor may become. */
  static final int MAX_RECORD_BYTES = 4 << 20;

  private final StoreBuilder<KeyValueStore<String, byte[]>> inner;
  private final VisitorCache cache;

  public VisitorStoreBuilder(KeyValueBytesStoreSupplier supplier, VisitorCache cache) {
    this.inner =
        Stores.keyValueStoreBuilder(supplier, Serdes.String(), Serdes.ByteArray())
            .withCachingDisabled()
            .withLoggingEnabled(Map.of("max.message.bytes", Integer.toString(MAX_RECORD_BYTES)));
    this.cache = cache;
  }

  public static VisitorStoreBuilder persistent(String name, VisitorCache cache) {
    return new VisitorStoreBuilder(Stores.persistentKeyValueStore(name), cache);
  }

  @Override
  public VisitorStore build() {
    return new VisitorStore(inner.build(), cache);
  }

  @Override
  public StoreBuilder<VisitorStore> withCachingEnabled() {
    return this;
  }

  /** Asked for where Kafka Streams' own caches get no memory; this one is not one of them. */
  @Override
  public StoreBuilder<VisitorStore> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<VisitorStore> withLoggingEnabled(Map<String, String> config) {
    inner.withLoggingEnabled(config);
    return this;
  }

  @Override
  public StoreBuilder<VisitorStore> withLoggingDisabled() {
    inner.withLoggingDisabled();
    return this;
  }

  @Override
  public Map<String, String> logConfig() {
    return inner.logConfig();
  }

  @Override
  public boolean loggingEnabled() {
    return inner.loggingEnabled();
  }

  @Override
  public String name() {
    return inner.name();
  }
}
