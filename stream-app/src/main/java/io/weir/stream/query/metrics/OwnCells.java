package io.weir.stream.query.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.stream.gold.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** Adds up the cells of the partitions that this instance works on. */
final class OwnCells {
  private static final String PROGRESS = GoldKey.Subject.PROGRESS.code();

  /** The range of all keys of progress. */
  private static final byte[] PROGRESS_FROM = (PROGRESS + "|").getBytes(UTF_8);

  private static final byte[] PROGRESS_TO = (PROGRESS + "}").getBytes(UTF_8);

  private final CellReader store;

  OwnCells(CellReader store) {
    this.store = store;
  }

  /** The sums of the partitions that can be read now. */
  PartialSums sums(MetricQuery query, Grain cells) {
    var partitions = new TreeSet<>(store.partitions());
    while (true) {
      try {
        return sums(query, cells, partitions);
      } catch (Moving e) {
        // The answer says that it is missing. What was added of it may be a part of its sums.
        partitions.remove(e.partition);
      }
    }
  }

  /** A partition moves or is being restored. */
  private static final class Moving extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int partition;

    Moving(int partition, InvalidStateStoreException cause) {
      super(cause);
      this.partition = partition;
    }
  }

  private PartialSums sums(MetricQuery query, Grain cells, Set<Integer> partitions) {
    var sums = new PlacedSums(query);
    var read = new ArrayList<PartialSums.Progress>();
    try {
      for (int partition : partitions) {
        read.add(new PartialSums.Progress(partition, settledUntil(partition)));
        addAll(partition, query, cells, sums);
      }
    } catch (PlacedSums.TooMany e) {
      return new PartialSums(read, true, List.of());
    }
    return new PartialSums(read, false, sums.rows());
  }

  /** What the partition's progress says; 0 if it has none yet. */
  private long settledUntil(int partition) {
    var settled = new AtomicLong();
    scan(partition, PROGRESS_FROM, PROGRESS_TO, cell -> settled.set(cell.settledUntil()));
    return settled.get();
  }

  private void addAll(int partition, MetricQuery query, Grain cells, PlacedSums sums) {
    List<Buckets> periods = query.periods();
    for (int i = 0; i < periods.size(); i++) {
      int period = i;
      for (boolean isBot : query.side().sides()) {
        var from = new Corner(query.metric().subject(), cells, isBot, periods.get(i).from());
        var to = new Corner(query.metric().subject(), cells, isBot, periods.get(i).to());
        Dimension by = query.dimension();
        scan(partition, from.key(by), to.key(by), cell -> sums.add(period, cell));
        Measure ofTotal = query.ofTotal();
        if (ofTotal != null) {
          scan(
              partition,
              from.key(Dimension.ALL),
              to.key(Dimension.ALL),
              cell -> sums.addTotal(period, cell, ofTotal));
        }
      }
    }
  }

  /** One end of a range of cells. */
  private record Corner(Subject subject, Grain grain, boolean isBot, long time) {
    private byte[] key(Dimension dimension) {
      return GoldKey.lowest(subject, grain, dimension, isBot, time);
    }
  }

  private void scan(int partition, byte[] from, byte[] to, Consumer<StoredCell> cells) {
    var cell = new StoredCell();
    try {
      store.scan(
          partition,
          from,
          to,
          value -> {
            cell.read(value);
            cells.accept(cell);
          });
    } catch (InvalidStateStoreException e) {
      throw new Moving(partition, e);
    }
  }
}
