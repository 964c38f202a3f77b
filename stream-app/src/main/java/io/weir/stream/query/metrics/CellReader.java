package io.weir.stream.query.metrics;

import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** The stored cells of the partitions that this instance works on. */
public interface CellReader {
  /** The partitions that this instance works on now. */
  Set<Integer> partitions();

  /**
   * Reads the cells whose keys lie in a range.
   *
   * @param from the lowest key, inclusive
   * @param to the end of the range, exclusive
   * @throws InvalidStateStoreException if the partition is moving or being restored
   */
  void scan(int partition, byte[] from, byte[] to, Consumer<byte[]> values);
}
