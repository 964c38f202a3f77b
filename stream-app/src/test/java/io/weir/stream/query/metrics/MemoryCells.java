package io.weir.stream.query.metrics;

import io.weir.contract.AvroSerde;
import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.contract.avro.GoldCell;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** Cells in sorted maps, one for each partition. */
public final class MemoryCells implements CellReader {
  private static final AvroSerde<GoldCell> SERDE = AvroSerde.goldCell();

  /** Partitions that cannot be read now. */
  public final Set<Integer> moving = new HashSet<>();

  private final Map<Integer, NavigableMap<byte[], byte[]>> partitions = new TreeMap<>();

  /** A store that works on these partitions. */
  public static MemoryCells of(int... partitions) {
    var cells = new MemoryCells();
    for (int partition : partitions) {
      cells.partitions.put(partition, new TreeMap<>(Arrays::compareUnsigned));
    }
    return cells;
  }

  /** Stores a cell. */
  public void put(int partition, GoldKey key, Consumer<GoldCell> measures) {
    GoldCell cell =
        GoldCell.newBuilder()
            .setSubject(key.subject().code())
            .setGrain(key.grain().code())
            .setDimension(key.dimension().code())
            .setIsBot(key.isBot())
            .setBucketStart(key.bucketStart())
            .setValue(key.value())
            .setPartition(partition)
            .setVersion(1)
            .build();
    measures.accept(cell);
    Objects.requireNonNull(partitions.get(partition))
        .put(key.bytes(), Objects.requireNonNull(SERDE.serialize("gold", cell)));
  }

  /** Stores the time up to which a partition has settled. */
  public void settled(int partition, String zone, String until) {
    put(
        partition,
        new GoldKey(Subject.PROGRESS, Grain.QUARTER, Dimension.ALL, false, 0, zone),
        cell -> cell.setSettledUntil(Instant.parse(until).toEpochMilli()));
  }

  /** The key of a cell of sessions of people. */
  public static GoldKey sessions(Grain grain, Dimension dimension, String start, String value) {
    return new GoldKey(
        Subject.SESSIONS, grain, dimension, false, Instant.parse(start).toEpochMilli(), value);
  }

  @Override
  public Set<Integer> partitions() {
    return partitions.keySet();
  }

  @Override
  public void scan(int partition, byte[] from, byte[] to, Consumer<byte[]> values) {
    NavigableMap<byte[], byte[]> cells = Objects.requireNonNull(partitions.get(partition));
    cells.subMap(from, true, to, false).values().forEach(values);
    if (moving.contains(partition)) {
      throw new InvalidStateStoreException("moving");
    }
  }
}
