package io.weir.stream.processor.visitors;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/** A store that counts its reads, writes and scans. */
public final class CountingStore
    extends WrappedStateStore<KeyValueStore<Bytes, byte[]>, Bytes, byte[]>
    implements KeyValueStore<Bytes, byte[]> {
  private final Calls calls;

  /** The calls to all stores that were made with it. */
  public static final class Calls {
    public final AtomicInteger reads = new AtomicInteger();
    public final AtomicInteger writes = new AtomicInteger();
    public final AtomicInteger scans = new AtomicInteger();

    /** The bytes of all values that were written. */
    public final AtomicLong bytes = new AtomicLong();
  }

  private CountingStore(KeyValueStore<Bytes, byte[]> inner, Calls calls) {
    super(inner);
    this.calls = calls;
  }

  public static KeyValueBytesStoreSupplier supplier(String name, Calls calls) {
    return supplier(Stores.persistentKeyValueStore(name), calls);
  }

  public static KeyValueBytesStoreSupplier supplier(KeyValueBytesStoreSupplier inner, Calls calls) {
    return new KeyValueBytesStoreSupplier() {
      @Override
      public String name() {
        return inner.name();
      }

      @Override
      public KeyValueStore<Bytes, byte[]> get() {
        return new CountingStore(inner.get(), calls);
      }

      @Override
      public String metricsScope() {
        return inner.metricsScope();
      }
    };
  }

  @Override
  public void put(Bytes key, byte @Nullable [] value) {
    calls.writes.incrementAndGet();
    calls.bytes.addAndGet(value == null ? 0 : value.length);
    wrapped().put(key, value);
  }

  @Override
  public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
    calls.reads.incrementAndGet();
    calls.writes.incrementAndGet();
    return wrapped().putIfAbsent(key, value);
  }

  @Override
  public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
    calls.writes.addAndGet(entries.size());
    wrapped().putAll(entries);
  }

  @Override
  public byte @Nullable [] delete(Bytes key) {
    calls.writes.incrementAndGet();
    return wrapped().delete(key);
  }

  @Override
  public byte @Nullable [] get(Bytes key) {
    calls.reads.incrementAndGet();
    return wrapped().get(key);
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
    calls.scans.incrementAndGet();
    return wrapped().range(from, to);
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> all() {
    calls.scans.incrementAndGet();
    return wrapped().all();
  }

  @Override
  public long approximateNumEntries() {
    return wrapped().approximateNumEntries();
  }
}
