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
 * processed meanwhile is never in gold: for a platform that is thrown away. A mark in the state
 * keeps a later start from computing gold that lacks it.
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

  private final KeyValueStore<Bytes, byte[]> marks;
  private boolean isMarked;

  private NoGold(KeyValueStore<Bytes, byte[]> marks) {
    this.marks = marks;
  }

  /** Refuses a partition that has cells: they would lack what is processed from now on. */
  static NoGold open(GoldStores stores, int partition) {
    try (KeyValueIterator<Bytes, byte[]> found = stores.cells().all()) {
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
    return new NoGold(stores.sessionFacts());
  }

  /** Refuses to compute gold for a partition that was processed without. */
  static void refuseMarked(GoldStores stores, int partition) {
    if (stores.sessionFacts().get(FactKey.WITHOUT_GOLD) != null) {
      throw new StartupException(
          "gold would lack what partition "
              + partition
              + " has processed with -D"
              + PROPERTY
              + "=true. Throw the platform's state and topics away, or start with the flag again");
    }
  }

  /** Whether this JVM was told to compute no gold. */
  static boolean isWanted() {
    return Boolean.getBoolean(PROPERTY);
  }

  /** Notes in the transaction of what is processed that gold lacks it. */
  private void mark() {
    if (!isMarked) {
      marks.put(FactKey.WITHOUT_GOLD, new byte[] {1});
      isMarked = true;
    }
  }

  @Override
  public void add(Session session) {
    mark();
  }

  @Override
  public void add(EnrichedEvent event, VisitorEntry visitor) {
    mark();
    visitor.state().orders().takeNews();
  }

  @Override
  public void addLate(EnrichedEvent event) {
    mark();
  }

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
    counts.drain((_, _, _, _) -> mark());
  }
}
