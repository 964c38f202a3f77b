package io.weir.scoring;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topics;
import io.weir.scoring.processor.AppendTime;
import io.weir.scoring.processor.SessionScorer;
import io.weir.scoring.processor.ShadowSessions;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/** sessions -> score by the challenger -> challenger-scores, under the visitor's key. */
final class ChallengerTopology {
  private final Topics topics;
  private final SessionScorer scorer;
  private final Runnable onScored;

  ChallengerTopology(Topics topics, SessionScorer scorer, Runnable onScored) {
    this.topics = topics;
    this.scorer = scorer;
    this.onScored = onScored;
  }

  Topology build(Properties properties) {
    var builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
    builder.stream(
            topics.sessions().name(),
            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withTimestampExtractor(new AppendTime())
                .withName("sessions-in"))
        .processValues(() -> new ShadowSessions(scorer, onScored), Named.as("score"))
        .to(
            topics.challengerScores().name(),
            Produced.with(Serdes.ByteArray(), AvroSerde.score()).withName("scores-out"));
    return builder.build();
  }
}
