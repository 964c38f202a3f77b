package io.weir.stream.query.quality;

import io.weir.contract.AvroSerde;
import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.contract.avro.GoldCell;
import io.weir.stream.query.metrics.CellReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** Reads what became of raw records in the partitions of this instance, by the minute. */
public final class OwnMinutes {
  private static final AvroSerde<GoldCell> SERDE = AvroSerde.goldCell();
  private static final Duration LOOK_BACK = Duration.ofHours(1);

  private final CellReader store;
  private final Clock clock;

  public OwnMinutes(CellReader store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * The records of the last hour that have no outcome, or more than one. The minute that runs and
   * the one before it are left out: a commit may be writing their cells just now.
   */
  public long unbalanced() {
    Instant end = clock.instant().truncatedTo(ChronoUnit.MINUTES).minus(1, ChronoUnit.MINUTES);
    var sums = new QualitySums();
    counts(end.minus(LOOK_BACK), end).counts().forEach(sums::add);
    return sums.minutes().stream().mapToLong(each -> Math.abs(each.balance())).sum();
  }

  /** The counts of the partitions that can be read now. */
  OwnQuality counts(Instant from, Instant to) {
    var sums = new QualitySums();
    var read = new TreeSet<>(store.partitions());
    for (int partition : store.partitions()) {
      try {
        read(partition, from, to).forEach(sums::add);
      } catch (InvalidStateStoreException e) {
        // It moves or is being restored. The answer says that it is missing.
        read.remove(partition);
      }
    }
    return new OwnQuality(List.copyOf(read), sums.counts());
  }

  private List<OwnQuality.Count> read(int partition, Instant from, Instant to) {
    var counts = new ArrayList<OwnQuality.Count>();
    store.scan(
        partition,
        key(from),
        key(to),
        bytes -> {
          GoldCell cell = Objects.requireNonNull(SERDE.deserialize("", bytes));
          counts.add(
              new OwnQuality.Count(
                  cell.getBucketStart(), cell.getValue(), cell.getEvents(), cell.getDurationMs()));
        });
    return counts;
  }

  private static byte[] key(Instant time) {
    return GoldKey.lowest(
        Subject.QUALITY, Grain.MINUTE, Dimension.OUTCOME, false, time.toEpochMilli());
  }
}
