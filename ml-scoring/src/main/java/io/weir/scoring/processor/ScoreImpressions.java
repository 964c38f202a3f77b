package io.weir.scoring.processor;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.ClickScore;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.model.feature.VisitorEvent;
import io.weir.model.feature.VisitorPast;
import io.weir.model.feature.VisitorPastCodec;
import io.weir.process.LogVisitor;
import io.weir.process.trace.Trace;
import io.weir.process.trace.TraceLines;
import io.weir.process.trace.TraceStep;
import io.weir.process.trace.Tracing;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds the events of each visitor into the visitor's past, and scores each ad impression with the
 * past before it. Events of bots by agent are left out, as in training. An identity without a value
 * says that the visitor was forgotten.
 */
public final class ScoreImpressions implements Processor<byte[], byte[], byte[], ClickScore> {
  /** The store with the past of each visitor. */
  public static final String VISITORS = "visitors";

  private static final Logger log = LoggerFactory.getLogger(ScoreImpressions.class);

  private final AvroSerde<EnrichedEvent> serde = AvroSerde.enrichedEvent();
  private final String identities;
  private final ImpressionScorer scorer;
  private final ImpressionObserver observer;
  private final Tracing tracing;
  private @Nullable ProcessorContext<byte[], ClickScore> context;
  private @Nullable KeyValueStore<String, byte[]> visitors;

  /**
   * A processor of two topics.
   *
   * @param identities the topic that tells of forgotten visitors; the other one has events
   */
  public ScoreImpressions(
      String identities, ImpressionScorer scorer, ImpressionObserver observer, Tracing tracing) {
    this.tracing = tracing;
    this.identities = identities;
    this.scorer = scorer;
    this.observer = observer;
  }

  @Override
  public void init(ProcessorContext<byte[], ClickScore> context) {
    this.context = context;
    this.visitors = context.getStateStore(VISITORS);
  }

  @Override
  public void process(Record<byte[], byte[]> message) {
    RecordMetadata at = Objects.requireNonNull(context).recordMetadata().orElseThrow();
    if (at.topic().equals(identities)) {
      if (message.key() != null && message.value() == null) {
        store().delete(new String(message.key(), StandardCharsets.UTF_8));
      }
      return;
    }
    Trace trace = tracing.follow(message.headers());
    try (TraceLines _ = trace == null ? null : trace.lines()) {
      seen(message, at, trace);
    }
  }

  private void seen(Record<byte[], byte[]> message, RecordMetadata at, @Nullable Trace trace) {
    EnrichedEvent event = read(message, at);
    if (event == null) {
      observer.unreadableEvent();
    } else if (!event.getIsBot()) {
      fold(message, event, trace);
    } else if (VisitorEvent.of(event).isImpression()) {
      observer.bot();
    }
  }

  private void fold(Record<byte[], byte[]> message, EnrichedEvent event, @Nullable Trace trace) {
    byte[] stored = store().get(event.getVisitorId());
    VisitorPast past = stored == null ? new VisitorPast() : VisitorPastCodec.read(stored);
    VisitorEvent seen = VisitorEvent.of(event);
    if (seen.isImpression()) {
      try (TraceStep step =
          trace == null ? null : trace.begin("score impression", message.timestamp())) {
        ClickScore score = scorer.score(event, past, seen);
        observer.scored(score.getClickScore());
        Record<byte[], ClickScore> scored = message.withValue(score);
        if (step != null) {
          scored = scored.withHeaders(step.done().in(message.headers()));
        }
        Objects.requireNonNull(context).forward(scored);
      }
    }
    past.add(seen);
    store().put(event.getVisitorId(), VisitorPastCodec.write(past));
  }

  private KeyValueStore<String, byte[]> store() {
    return Objects.requireNonNull(visitors);
  }

  private @Nullable EnrichedEvent read(Record<byte[], byte[]> message, RecordMetadata at) {
    try {
      EnrichedEvent event = serde.deserialize("the events topic", message.value());
      if (event == null) {
        LogVisitor.add(message.key(), log.atError())
            .log("a record without a value at {} is no event; not scored", place(at));
      }
      return event;
    } catch (SerializationException e) {
      LogVisitor.add(message.key(), log.atError())
          .log("the record at {} is no event; not scored: {}", place(at), e.getMessage());
      return null;
    }
  }

  private static String place(RecordMetadata at) {
    return at.topic() + "-" + at.partition() + " offset " + at.offset();
  }
}
