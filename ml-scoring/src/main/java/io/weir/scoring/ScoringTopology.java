package io.weir.scoring;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topics;
import io.weir.scoring.processor.AppendTime;
import io.weir.scoring.processor.ScoreObserver;
import io.weir.scoring.processor.ScoreSessions;
import io.weir.scoring.processor.SessionScorer;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/** sessions -> score -> scores: one score per session revision, under the visitor's key. */
final class ScoringTopology {
  private final Topics topics;
  private final SessionScorer scorer;
  private final ScoreObserver observer;

  ScoringTopology(Topics topics, SessionScorer scorer, ScoreObserver observer) {
    this.topics = topics;
    this.scorer = scorer;
    this.observer = observer;
  }

  Topology build(Properties properties) {
    var builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
    builder.stream(
            topics.sessions().name(),
            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withTimestampExtractor(new AppendTime())
                .withName("sessions-in"))
        .processValues(() -> new ScoreSessions(scorer, observer), Named.as("score"))
        .to(
            topics.scores().name(),
            Produced.with(Serdes.ByteArray(), AvroSerde.score()).withName("scores-out"));
    return builder.build();
  }
}
