package io.weir.stream.query.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.contract.AvroSerde;
import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldTopic;
import io.weir.contract.avro.GoldCell;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.jspecify.annotations.Nullable;

/** Adds up the cells of the partitions that this instance works on. */
final class OwnCells {
  private static final String PROGRESS = GoldKey.Subject.PROGRESS.code();

  /** The range of all keys of progress. */
  private static final byte[] PROGRESS_FROM = (PROGRESS + "|").getBytes(UTF_8);

  private static final byte[] PROGRESS_TO = (PROGRESS + "}").getBytes(UTF_8);

  private final CellReader store;
  private final AvroSerde<GoldCell> serde = AvroSerde.goldCell();

  OwnCells(CellReader store) {
    this.store = store;
  }

  /** The sums of the partitions that can be read now. */
  PartialSums sums(MetricQuery query, Grain cells) {
    var total = new PlacedSums(query);
    var read = new ArrayList<PartialSums.Progress>();
    try {
      for (int partition : store.partitions()) {
        PlacedSums sums = new PlacedSums(query);
        try {
          GoldCell progress = progress(partition);
          addAll(partition, query, cells, sums);
          read.add(
              new PartialSums.Progress(
                  partition, progress == null ? 0 : progress.getSettledUntil()));
        } catch (InvalidStateStoreException e) {
          // The partition is moving: the answer says that it is missing.
          continue;
        }
        total.add(sums);
      }
    } catch (PlacedSums.TooMany e) {
      return new PartialSums(read, true, List.of());
    }
    return new PartialSums(read, false, total.rows());
  }

  private @Nullable GoldCell progress(int partition) {
    var found = new ArrayList<GoldCell>();
    scan(partition, PROGRESS_FROM, PROGRESS_TO, found::add);
    return found.isEmpty() ? null : found.getLast();
  }

  private void addAll(int partition, MetricQuery query, Grain cells, PlacedSums sums) {
    List<Buckets> periods = query.periods();
    for (int i = 0; i < periods.size(); i++) {
      int period = i;
      for (boolean isBot : query.side().sides()) {
        scan(
            partition,
            key(query, cells, isBot, periods.get(i).from()),
            key(query, cells, isBot, periods.get(i).to()),
            cell -> sums.add(period, cell));
      }
    }
  }

  private static byte[] key(MetricQuery query, Grain cells, boolean isBot, long time) {
    return GoldKey.lowest(query.metric().subject(), cells, query.dimension(), isBot, time);
  }

  private void scan(int partition, byte[] from, byte[] to, Consumer<GoldCell> cells) {
    store.scan(
        partition,
        from,
        to,
        value -> cells.accept(Objects.requireNonNull(serde.deserialize(GoldTopic.STORE, value))));
  }
}
