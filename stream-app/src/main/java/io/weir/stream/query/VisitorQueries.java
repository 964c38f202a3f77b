package io.weir.stream.query;

import io.weir.stream.processor.StepNames;
import io.weir.stream.session.SessionRules;
import io.weir.stream.session.SessionView;
import io.weir.stream.session.Sessionizer;
import io.weir.stream.session.VisitorStateCodec;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/** Reads visitors from the state store of this instance, or says which instance has them. */
public final class VisitorQueries {
  private final KafkaStreams streams;
  private final HostInfo self;
  private final Sessionizer sessionizer;

  public VisitorQueries(KafkaStreams streams, HostInfo self, SessionRules rules) {
    this.streams = streams;
    this.self = self;
    this.sessionizer = new Sessionizer(rules);
  }

  /** What a look-up ends in. */
  public sealed interface Found {
    record Here(VisitorAnswer visitor) implements Found {}

    record Elsewhere(HostInfo owner) implements Found {}

    record Nobody() implements Found {}

    /** Partitions are moving or being restored: ask again. */
    record NotNow(String why) implements Found {}
  }

  public Found find(String visitor) {
    try {
      KeyQueryMetadata owner =
          streams.queryMetadataForKey(StepNames.VISITORS, visitor, new StringSerializer());
      if (owner == null || owner.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
        return new Found.NotNow("the owner of this visitor is not known yet");
      }
      if (!owner.activeHost().equals(self)) {
        return new Found.Elsewhere(owner.activeHost());
      }
      return read(visitor).<Found>map(Found.Here::new).orElseGet(Found.Nobody::new);
    } catch (InvalidStateStoreException | IllegalStateException e) {
      return new Found.NotNow("the state store is moving or being restored: " + e.getMessage());
    }
  }

  private Optional<VisitorAnswer> read(String visitor) {
    byte[] stored =
        streams
            .store(
                StoreQueryParameters.fromNameAndType(
                    StepNames.VISITORS, QueryableStoreTypes.<String, byte[]>keyValueStore()))
            .get(visitor);
    if (stored == null) {
      return Optional.empty();
    }
    List<SessionAnswer> sessions =
        sessionizer.view(visitor, VisitorStateCodec.decode(stored)).stream()
            .map(VisitorQueries::answer)
            .toList();
    return Optional.of(new VisitorAnswer(visitor, sessions));
  }

  private static SessionAnswer answer(SessionView view) {
    return SessionAnswer.of(view.session(), view.isEmitted() ? "closed" : "open");
  }
}
