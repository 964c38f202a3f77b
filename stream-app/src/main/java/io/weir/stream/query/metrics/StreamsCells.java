package io.weir.stream.query.metrics;

import io.weir.contract.GoldTopic;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads the cells from the stores of the running tasks. */
public final class StreamsCells implements CellReader {
  private final KafkaStreams streams;

  public StreamsCells(KafkaStreams streams) {
    this.streams = streams;
  }

  @Override
  public Set<Integer> partitions() {
    var partitions = new TreeSet<Integer>();
    try {
      streams
          .metadataForLocalThreads()
          .forEach(thread ->
              thread.activeTasks().forEach(task -> partitions.add(task.taskId().partition())));
    } catch (IllegalStateException | StreamsNotStartedException e) {
      // The client is not running yet, or not any more.
      return Set.of();
    }
    return partitions;
  }

  @Override
  public void scan(int partition, byte[] from, byte[] to, Consumer<byte[]> values) {
    try (KeyValueIterator<Bytes, byte[]> cells = store(partition).range(bytes(from), bytes(to))) {
      while (cells.hasNext()) {
        KeyValue<Bytes, byte[]> cell = cells.next();
        if (!Arrays.equals(cell.key.get(), to)) {
          values.accept(cell.value);
        }
      }
    }
  }

  private ReadOnlyKeyValueStore<Bytes, byte[]> store(int partition) {
    try {
      return streams.store(
          StoreQueryParameters.fromNameAndType(
                  GoldTopic.STORE, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
              .withPartition(partition));
    } catch (IllegalStateException | StreamsNotStartedException e) {
      throw new InvalidStateStoreException("the client is not running", e);
    }
  }

  private static Bytes bytes(byte[] key) {
    return Bytes.wrap(key);
  }
}
