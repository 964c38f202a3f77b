package io.weir.stream.processor.gold;

import io.weir.contract.StreamStores;
import io.weir.stream.gold.GoldRules;
import io.weir.stream.session.rules.SessionRules;
import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** The stores of a partition. */
public record GoldStores(
    KeyValueStore<Bytes, byte[]> cells,
    KeyValueStore<Bytes, byte[]> sessionFacts,
    KeyValueStore<Bytes, byte[]> visitorDays) {

  public static GoldStores of(ProcessorContext<?, ?> context) {
    return new GoldStores(
        context.getStateStore(StreamStores.GOLD),
        context.getStateStore(StreamStores.SESSION_FACTS),
        context.getStateStore(StreamStores.VISITOR_DAYS));
  }

  /**
   * Opens the gold of the partition.
   *
   * @param clock milliseconds
   */
  public TaskGold open(
      int partition, GoldRules rules, SessionRules sessionRules, LongSupplier clock) {
    if (NoGold.isWanted()) {
      return NoGold.open(this, partition);
    }
    NoGold.refuseMarked(this, partition);
    return PartitionGold.open(this, partition, rules, sessionRules, clock);
  }
}
