package io.weir.scoring;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topics;
import io.weir.process.trace.Tracing;
import io.weir.scoring.processor.AppendTime;
import io.weir.scoring.processor.ImpressionObserver;
import io.weir.scoring.processor.ImpressionScorer;
import io.weir.scoring.processor.ScoreImpressions;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * events, identities -> pasts of visitors -> click-scores: one score per ad impression of a person.
 * The pasts are in memory, those of the visitors seen last, and in the store's changelog.
 */
final class ClickTopology {
  private static final int FEWEST_VISITORS = 100;

  private final Topics topics;
  private final int visitors;
  private final ImpressionScorer scorer;
  private final ImpressionObserver observer;
  private final Tracing tracing;

  /**
   * A topology for one model.
   *
   * @param visitors how many are remembered in all partitions
   */
  ClickTopology(
      Topics topics,
      int visitors,
      ImpressionScorer scorer,
      ImpressionObserver observer,
      Tracing tracing) {
    this.topics = topics;
    this.visitors = visitors;
    this.scorer = scorer;
    this.observer = observer;
    this.tracing = tracing;
  }

  Topology build(Properties properties) {
    var builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
    String identities = topics.identities().name();
    builder.addStateStore(pasts());
    builder.stream(
            List.of(topics.events().name(), identities),
            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withTimestampExtractor(new AppendTime())
                .withName("events-in"))
        .process(
            () -> new ScoreImpressions(identities, scorer, observer, tracing),
            Named.as("score"),
            ScoreImpressions.VISITORS)
        .to(
            topics.clickScores().name(),
            Produced.with(Serdes.ByteArray(), AvroSerde.clickScore()).withName("scores-out"));
    return builder.build();
  }

  /** An evicted visitor leaves the changelog, too. */
  private StoreBuilder<KeyValueStore<String, byte[]>> pasts() {
    int most = Math.max(FEWEST_VISITORS, visitors / topics.events().partitions());
    return Stores.keyValueStoreBuilder(
            Stores.lruMap(ScoreImpressions.VISITORS, most), Serdes.String(), Serdes.ByteArray())
        .withLoggingEnabled(Map.of());
  }
}
