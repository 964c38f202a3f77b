package io.weir.scoring.processor;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.Session;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * Scores sessions with a model beside the champion. Each session gets a score: without such a model
 * the stream does not run. Bytes that are no session are passed over: the champion's side reports
 * them.
 */
public final class ShadowSessions<T> extends ContextualFixedKeyProcessor<byte[], byte[], T> {
  private final AvroSerde<Session> serde = AvroSerde.session();
  private final Function<Session, T> scorer;
  private final Consumer<? super T> onScored;

  public ShadowSessions(Function<Session, T> scorer, Consumer<? super T> onScored) {
    this.scorer = scorer;
    this.onScored = onScored;
  }

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> message) {
    score(message.value())
        .ifPresent(score -> {
          onScored.accept(score);
          context().forward(message.withValue(score));
        });
  }

  private Optional<T> score(byte[] value) {
    try {
      Session session = serde.deserialize("the sessions topic", value);
      return Optional.ofNullable(session).map(scorer);
    } catch (SerializationException _) {
      return Optional.empty();
    }
  }
}
