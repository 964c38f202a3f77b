package io.weir.stream.query.visitor;

import io.weir.stream.processor.StepNames;
import io.weir.stream.query.cluster.StoreLags;
import io.weir.stream.session.codec.VisitorStateCodec;
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

  /**
   * Creates a reader of this instance's stores.
   *
   * @param storedIds maps a visitor's id to the id under which the state knows the visitor
   */
  public VisitorLookup(KafkaStreams streams, StoreLags lags, UnaryOperator<String> storedIds) {
    this.streams = streams;
    this.lags = lags;
    this.storedIds = storedIds;
  }

  @Override
  public Lookup live(String visitor, int partition) {
    byte[] stored;
    try {
      stored = stored(visitor, parameters(partition));
    } catch (InvalidStateStoreException | IllegalStateException e) {
      return new Lookup.Unavailable("the partition of this visitor moves or is being restored");
    }
    return lookup(stored, Lookup.LIVE);
  }

  @Override
  public Lookup copy(String visitor, int partition) {
    byte[] stored;
    long lag;
    try {
      // The lag is read first: changes in between make the answer fresher than its lag says.
      lag = lags.of(StepNames.VISITORS, partition);
      stored = stored(visitor, parameters(partition).enableStaleStores());
    } catch (KafkaException | IllegalStateException e) {
      return new Lookup.Unavailable("this instance has no copy of the visitor's partition");
    }
    return stored == null && lag > 0
        ? new Lookup.Unavailable("the copy at hand is " + lag + " changes behind")
        : lookup(stored, lag);
  }

  @Override
  public Lookup stored(String id) {
    try {
      return lookup(
          streams
              .store(
                  StoreQueryParameters.fromNameAndType(
                      StepNames.VISITORS, QueryableStoreTypes.<String, byte[]>keyValueStore()))
              .get(id),
          Lookup.LIVE);
    } catch (InvalidStateStoreException | IllegalStateException e) {
      return new Lookup.Unavailable("partitions of this instance move or are being restored");
    }
  }

  private byte @Nullable [] stored(
      String visitor, StoreQueryParameters<ReadOnlyKeyValueStore<String, byte[]>> parameters) {
    return streams.store(parameters).get(storedIds.apply(visitor));
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
