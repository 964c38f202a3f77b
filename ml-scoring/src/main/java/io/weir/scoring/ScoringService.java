package io.weir.scoring;

import io.weir.contract.Topic;
import io.weir.process.RootCause;
import io.weir.process.Settings;
import io.weir.process.TopicProvisioner;
import io.weir.process.access.AccessCatalogue;
import io.weir.process.access.KafkaRefusal;
import io.weir.process.access.ServiceRights;
import io.weir.process.streams.StreamRunner;
import io.weir.scoring.ops.BrokerCheck;
import io.weir.scoring.ops.Housekeeping;
import io.weir.scoring.ops.ScoringHealth;
import io.weir.scoring.ops.ScoringLag;
import io.weir.scoring.ops.ScoringMetrics;
import io.weir.scoring.ops.ScoringOperations;
import io.weir.scoring.processor.SessionScorer;
import io.weir.scoring.registry.DirectoryRegistry;
import io.weir.scoring.registry.MlflowMirror;
import io.weir.scoring.registry.Registry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service without its HTTP side: the model, the stream, and the watch over both. */
final class ScoringService implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ScoringService.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  private final ScoringConfig config;
  private final ScoringMetrics metrics = new ScoringMetrics();
  private final Registry registry;
  private final Optional<MlflowMirror> mirror;
  private final StreamRunner stream;
  private final BrokerCheck broker;
  private final ScoringHealth health;
  private final Housekeeping housekeeping;

  ScoringService(ScoringConfig config, Clock clock) {
    this.config = config;
    this.registry =
        new DirectoryRegistry(
            config.modelDir(),
            clock,
            metrics::reloadFailed,
            config.starterModel().load(clock.instant()));
    this.mirror =
        config
            .mlflow()
            .map(source ->
                new MlflowMirror(config.modelDir(), source, clock, metrics::reloadFailed));
    this.stream = stream(new SessionScorer(registry, clock, config.reasons()));
    this.broker = new BrokerCheck(config.kafka(), config.kafka().admin());
    this.health =
        new ScoringHealth(registry, stream, broker, () -> mirror.flatMap(MlflowMirror::problem));
    this.housekeeping = new Housekeeping(registry, stream, broker);
  }

  /** A member leaves at the end: otherwise the group waits for a session timeout. */
  private StreamRunner stream(SessionScorer scorer) {
    Properties properties = config.streams();
    Topology topology = new ScoringTopology(config.topics(), scorer, metrics).build(properties);
    return new StreamRunner(
        () -> new KafkaStreams(topology, properties),
        topology.describe().toString(),
        GroupMembershipOperation.LEAVE_GROUP,
        CLOSE_TIMEOUT);
  }

  /** Fails with a message for the operator when Kafka or the model folder cannot be used. */
  void start() {
    List<Topic> topics = List.of(config.topics().sessions(), config.topics().scores());
    TopicProvisioner.provision(config.kafka(), rights(), topics, log::warn);
    metrics.watch(new ScoringLag(stream)::records, () -> health.isReady() ? 1 : 0);
    metrics.disk(config.stateDir());
    registry.refresh();
    if (registry.current().isEmpty()) {
      log.warn(
          "{}; waiting for one: train one into {} (in the demo: `weir train`)",
          registry.problem().orElse("there is no model"),
          Settings.variable("scoring.model-dir"));
    }
    housekeeping.start(config.modelCheckInterval());
    mirror.ifPresent(each -> each.start(config.modelCheckInterval()));
  }

  /**
   * Blocks until the service has ended; the reason if it cannot continue, empty if it was closed.
   */
  Optional<String> awaitEnd() throws InterruptedException {
    return Optional.ofNullable(stream.awaitEnd())
        .map(failure ->
            "the service cannot continue: "
                + KafkaRefusal.of(failure, rights())
                    .orElseGet(() -> RootCause.of(failure).toString()));
  }

  private ServiceRights rights() {
    return AccessCatalogue.mlScoring(config.topics());
  }

  /** The objects that the HTTP side serves from. */
  Object[] served() {
    return new Object[] {registry, new ScoringOperations(health, metrics, registry)};
  }

  ScoringHealth health() {
    return health;
  }

  @Override
  public void close() {
    mirror.ifPresent(MlflowMirror::close);
    housekeeping.close();
    stream.close();
    broker.close();
  }
}
