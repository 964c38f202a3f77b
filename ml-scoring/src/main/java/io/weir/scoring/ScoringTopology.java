package io.weir.scoring;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topic;
import io.weir.contract.Topics;
import io.weir.contract.avro.ReturnScore;
import io.weir.contract.avro.Score;
import io.weir.process.trace.Tracing;
import io.weir.scoring.processor.AppendTime;
import io.weir.scoring.processor.ReturnScorer;
import io.weir.scoring.processor.ScoreObserver;
import io.weir.scoring.processor.ScoreSessions;
import io.weir.scoring.processor.SessionScorer;
import io.weir.scoring.processor.ShadowSessions;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;

/** sessions -> score -> a topic of scores: one per session revision, under the visitor's key. */
final class ScoringTopology<T extends SpecificRecordBase> {
  private final String sessions;
  private final String scores;
  private final AvroSerde<T> serde;
  private final FixedKeyProcessorSupplier<byte[], byte[], T> scoring;

  private ScoringTopology(
      Topics topics,
      Topic scores,
      AvroSerde<T> serde,
      FixedKeyProcessorSupplier<byte[], byte[], T> scoring) {
    this.sessions = topics.sessions().name();
    this.scores = scores.name();
    this.serde = serde;
    this.scoring = scoring;
  }

  /** The scores that are served. */
  static ScoringTopology<Score> ofChampion(
      Topics topics, SessionScorer scorer, ScoreObserver observer, Tracing tracing) {
    return new ScoringTopology<>(
        topics,
        topics.scores(),
        AvroSerde.score(),
        () -> new ScoreSessions(scorer, observer, tracing));
  }

  /** The scores of the challenger, in a topic of their own. */
  static ScoringTopology<Score> ofChallenger(
      Topics topics, SessionScorer scorer, Runnable onScored) {
    return new ScoringTopology<>(
        topics,
        topics.challengerScores(),
        AvroSerde.score(),
        () -> new ShadowSessions<>(scorer::score, _ -> onScored.run()));
  }

  /** The scores of the return model, in a topic of their own. */
  static ScoringTopology<ReturnScore> ofReturns(
      Topics topics, ReturnScorer scorer, Consumer<ReturnScore> onScored) {
    return new ScoringTopology<>(
        topics,
        topics.returnScores(),
        AvroSerde.returnScore(),
        () -> new ShadowSessions<>(scorer::score, onScored));
  }

  Topology build(Properties properties) {
    var builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
    builder.stream(
            sessions,
            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withTimestampExtractor(new AppendTime())
                .withName("sessions-in"))
        .processValues(scoring, Named.as("score"))
        .to(scores, Produced.with(Serdes.ByteArray(), serde).withName("scores-out"));
    return builder.build();
  }
}
