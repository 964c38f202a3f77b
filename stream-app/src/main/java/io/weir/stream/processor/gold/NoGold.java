package io.weir.stream.processor.gold;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import io.weir.process.StartupException;
import io.weir.stream.processor.quality.TaskCounts;
import io.weir.stream.processor.visitors.VisitorEntry;
import io.weir.stream.session.Folding;
import io.weir.stream.session.Moved;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gold of a task that computes none, so that a benchmark can tell what gold costs. What is
 * processed meanwhile is never in gold: for a platform that is thrown away.
 */
public final class NoGold implements TaskGold {
  private static final Logger log = LoggerFactory.getLogger(NoGold.class);
  private static final String PROPERTY = "weir.stream.without-gold";

  private static final SideMoves MOVES =
      new SideMoves() {
        @Override
        public void move(String visitor, Moved moved) {}

        @Override
        public void fold(String visitor, Folding folding) {}
      };

  private NoGold() {}

  /** Refuses a partition that has cells: they would lack what is processed from now on. */
  static NoGold open(KeyValueStore<Bytes, byte[]> cells, int partition) {
    try (KeyValueIterator<Bytes, byte[]> found = cells.all()) {
      if (found.hasNext()) {
        throw new StartupException(
            "-D"
                + PROPERTY
                + "=true is only for benchmarks on an empty platform, but partition "
                + partition
                + " has gold. Take the flag out of the options of the JVM");
      }
    }
    log.warn("partition {}: no gold, because -D{}=true was given", partition, PROPERTY);
    return new NoGold();
  }

  /** Whether this JVM was told to compute no gold. */
  static boolean isWanted() {
    return Boolean.getBoolean(PROPERTY);
  }

  @Override
  public void add(Session session) {}

  @Override
  public void add(EnrichedEvent event, VisitorEntry visitor) {
    visitor.state().orders().takeNews();
  }

  @Override
  public void addLate(EnrichedEvent event) {}

  @Override
  public SideMoves sides() {
    return MOVES;
  }

  @Override
  public void closedBefore(String visitor, long time) {}

  @Override
  public void forget(String visitor) {}

  @Override
  public boolean settle(long settledUpTo) {
    return false;
  }

  @Override
  public void purge() {}

  @Override
  public void purgeQuality() {}

  @Override
  public void flush(TaskCounts counts) {
    counts.drain((_, _, _, _) -> {});
  }
}
