package io.weir.stream.query.cluster;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** The lags of this instance's copies; the broker is asked at most a few times a second. */
public final class StoreLags {
  private static final long FRESH_NANOS = 250_000_000L;

  private final KafkaStreams streams;
  private Map<String, Map<Integer, LagInfo>> lags = Map.of();
  private long readAt;

  public StoreLags(KafkaStreams streams) {
    this.streams = streams;
  }

  public long of(String store, int partition) {
    LagInfo lag = all().getOrDefault(store, Map.of()).get(partition);
    if (lag == null) {
      throw new InvalidStateStoreException("no copy of " + store + " " + partition);
    }
    return lag.offsetLag();
  }

  /** The lags by store and partition. */
  public synchronized Map<String, Map<Integer, LagInfo>> all() {
    long now = System.nanoTime();
    if (readAt == 0 || now - readAt > FRESH_NANOS) {
      lags = new TreeMap<>(streams.allLocalStorePartitionLags());
      readAt = now;
    }
    return lags;
  }
}
