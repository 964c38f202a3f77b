package io.weir.scoring.processor;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.Score;
import io.weir.contract.avro.Session;
import io.weir.process.LogVisitor;
import io.weir.process.trace.Trace;
import io.weir.process.trace.TraceStep;
import io.weir.process.trace.Tracing;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a session, scores it and forwards the score. Bytes that are no session are counted, logged
 * with their place, and skipped: they must not stop the records behind them.
 */
public final class ScoreSessions extends ContextualFixedKeyProcessor<byte[], byte[], Score> {
  private static final Logger log = LoggerFactory.getLogger(ScoreSessions.class);

  private final AvroSerde<Session> serde = AvroSerde.session();
  private final SessionScorer scorer;
  private final ScoreObserver observer;
  private final Tracing tracing;

  public ScoreSessions(SessionScorer scorer, ScoreObserver observer, Tracing tracing) {
    this.tracing = tracing;
    this.scorer = scorer;
    this.observer = observer;
  }

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> message) {
    Trace trace = tracing.follow(message.headers());
    try (TraceStep step =
        trace == null ? null : trace.begin("score session", message.timestamp())) {
      score(message, step);
    }
  }

  private void score(FixedKeyRecord<byte[], byte[]> message, @Nullable TraceStep step) {
    long start = System.nanoTime();
    Session session = read(message);
    if (session == null) {
      observer.unreadable();
      return;
    }
    Score score = scorer.score(session);
    if (score.getIsRetracted()) {
      observer.retracted();
    } else {
      observer.scored(score.getConversionScore(), System.nanoTime() - start);
    }
    FixedKeyRecord<byte[], Score> scored = message.withValue(score);
    if (step != null) {
      scored = scored.withHeaders(step.done().in(message.headers()));
    }
    context().forward(scored);
  }

  private @Nullable Session read(FixedKeyRecord<byte[], byte[]> message) {
    try {
      Session session = serde.deserialize("the sessions topic", message.value());
      if (session == null) {
        LogVisitor.add(message.key(), log.atError())
            .log("a record without a value at {} is no session; not scored", place());
      }
      return session;
    } catch (SerializationException e) {
      LogVisitor.add(message.key(), log.atError())
          .log("the record at {} is no session; not scored: {}", place(), e.getMessage());
      return null;
    }
  }

  private String place() {
    return context().recordMetadata().map(ScoreSessions::place).orElse("an unknown place");
  }

  private static String place(RecordMetadata at) {
    return at.topic() + "-" + at.partition() + " offset " + at.offset();
  }
}
