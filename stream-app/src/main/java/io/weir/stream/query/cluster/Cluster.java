package io.weir.stream.query.cluster;

import io.weir.stream.processor.StepNames;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;

/** The members of the group and what each of them owns, by the group's own metadata. */
public final class Cluster implements OwnerLookup {
  private final KafkaStreams streams;
  private final HostInfo self;

  public Cluster(KafkaStreams streams, HostInfo self) {
    this.streams = streams;
    this.self = self;
  }

  @Override
  public HostInfo self() {
    return self;
  }

  @Override
  public Optional<Owners> owners(String visitor) {
    try {
      // No partitioner is given, so Streams uses Kafka's default, which VisitorPartition repeats.
      KeyQueryMetadata found =
          streams.queryMetadataForKey(StepNames.VISITORS, visitor, new StringSerializer());
      if (found == null || found.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
        return Optional.empty();
      }
      return Optional.of(
          new Owners(found.partition(), found.activeHost(), List.copyOf(found.standbyHosts())));
    } catch (IllegalStateException | StreamsNotStartedException e) {
      // The client is not running yet, or not any more.
      return Optional.empty();
    }
  }

  /** The instances the group knows, this one included. */
  List<StreamsMetadata> instances() {
    try {
      return List.copyOf(streams.metadataForAllStreamsClients());
    } catch (IllegalStateException | StreamsNotStartedException e) {
      return List.of();
    }
  }

  @Override
  public List<HostInfo> others() {
    return instances().stream()
        .map(StreamsMetadata::hostInfo)
        .filter(host -> !host.equals(self) && !host.host().equals("unavailable"))
        .distinct()
        .toList();
  }
}
