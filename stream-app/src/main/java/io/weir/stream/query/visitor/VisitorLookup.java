package io.weir.stream.query.visitor;

import io.weir.stream.processor.StepNames;
import io.weir.stream.query.cluster.StoreLags;
import io.weir.stream.session.codec.VisitorStateCodec;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** Reads visitors from the stores of this instance: the live store, or a warm copy. */
public final class VisitorLookup implements StateReader {
  private final KafkaStreams streams;
  private final StoreLags lags;
  private final UnaryOperator<String> storedIds;
  private final int partitions;

  /**
   * Creates a reader of this instance's stores.
   *
   * @param storedIds maps a visitor's id to the id under which the state knows the visitor
   * @param partitions the number of partitions that all instances have together
   */
  public VisitorLookup(
      KafkaStreams streams, StoreLags lags, UnaryOperator<String> storedIds, int partitions) {
    this.streams = streams;
    this.lags = lags;
    this.storedIds = storedIds;
    this.partitions = partitions;
  }

  @Override
  public Lookup live(String visitor, int partition) {
    return inLive(storedIds.apply(visitor), partition);
  }

  private Lookup inLive(String id, int partition) {
    byte[] stored;
    try {
      stored = streams.store(parameters(partition)).get(id);
    } catch (InvalidStateStoreException | IllegalStateException e) {
      return new Lookup.Unavailable("the partition of this visitor moves or is being restored");
    }
    return lookup(stored, Lookup.LIVE);
  }

  @Override
  public Lookup copy(String visitor, int partition) {
    try {
      // The lag is read first: changes in between make the answer fresher than its lag says.
      long lag = lags.of(StepNames.VISITORS, partition);
      return inCopy(storedIds.apply(visitor), partition, lag);
    } catch (KafkaException | IllegalStateException e) {
      return new Lookup.Unavailable("this instance has no copy of the visitor's partition");
    }
  }

  private Lookup inCopy(String id, int partition, long lag) {
    byte[] stored = streams.store(parameters(partition).enableStaleStores()).get(id);
    return stored == null && lag > 0
        ? new Lookup.Unavailable("the copy at hand is " + lag + " changes behind")
        : lookup(stored, lag);
  }

  @Override
  public StoredSearch stored(String id) {
    var searched = new TreeSet<Integer>();
    for (int partition = 0; partition < partitions; partition++) {
      Lookup live = inLive(id, partition);
      if (live instanceof Lookup.Found found) {
        return new StoredSearch(Optional.of(found), searched, partitions);
      }
      if (live.isKnown()) {
        searched.add(partition);
      }
    }
    return new StoredSearch(inCopies(id, searched), searched, partitions);
  }

  /** Adds the partitions whose copies have seen all changes and do not have the visitor. */
  private Optional<Lookup.Found> inCopies(String id, Set<Integer> searched) {
    for (Map.Entry<Integer, Long> copy : copies().entrySet()) {
      if (!searched.contains(copy.getKey())) {
        Lookup found = inOpenCopy(id, copy.getKey(), copy.getValue());
        if (found instanceof Lookup.Found visitor) {
          return Optional.of(visitor);
        }
        if (found.isKnown()) {
          searched.add(copy.getKey());
        }
      }
    }
    return Optional.empty();
  }

  /** The partitions with a copy here, and how far each is behind; none if nobody can say. */
  private Map<Integer, Long> copies() {
    var behind = new TreeMap<Integer, Long>();
    try {
      lags.all()
          .getOrDefault(StepNames.VISITORS, Map.of())
          .forEach((partition, lag) -> behind.put(partition, lag.offsetLag()));
    } catch (KafkaException | IllegalStateException e) {
      return Map.of();
    }
    return behind;
  }

  private Lookup inOpenCopy(String id, int partition, long lag) {
    try {
      return inCopy(id, partition, lag);
    } catch (KafkaException | IllegalStateException e) {
      return new Lookup.Unavailable("the copy of partition " + partition + " is not open");
    }
  }

  private static Lookup lookup(byte @Nullable [] stored, long lag) {
    return stored == null
        ? new Lookup.Absent(lag)
        : new Lookup.Found(VisitorStateCodec.decode(stored), lag);
  }

  private static StoreQueryParameters<ReadOnlyKeyValueStore<String, byte[]>> parameters(
      int partition) {
    return StoreQueryParameters.fromNameAndType(
            StepNames.VISITORS, QueryableStoreTypes.<String, byte[]>keyValueStore())
        .withPartition(partition);
  }
}
