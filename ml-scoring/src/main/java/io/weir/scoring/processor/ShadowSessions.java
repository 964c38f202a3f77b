package io.weir.scoring.processor;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.Score;
import io.weir.contract.avro.Session;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * Scores sessions with the challenger. Each session gets a score: without a challenger the stream
 * does not run. Bytes that are no session are passed over: the champion's side reports them.
 */
public final class ShadowSessions extends ContextualFixedKeyProcessor<byte[], byte[], Score> {
  private final AvroSerde<Session> serde = AvroSerde.session();
  private final SessionScorer scorer;
  private final Runnable onScored;

  public ShadowSessions(SessionScorer scorer, Runnable onScored) {
    this.scorer = scorer;
    this.onScored = onScored;
  }

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> message) {
    score(message.value())
        .ifPresent(score -> {
          onScored.run();
          context().forward(message.withValue(score));
        });
  }

  private Optional<Score> score(byte[] value) {
    try {
      Session session = serde.deserialize("the sessions topic", value);
      return Optional.ofNullable(session).map(scorer::score);
    } catch (SerializationException _) {
      return Optional.empty();
    }
  }
}
