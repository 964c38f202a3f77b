package io.weir.scoring;

import io.weir.contract.Topic;
import io.weir.contract.Topics;
import io.weir.process.RootCause;
import io.weir.process.Settings;
import io.weir.process.TopicProvisioner;
import io.weir.process.access.AccessCatalogue;
import io.weir.process.access.KafkaRefusal;
import io.weir.process.access.ServiceRights;
import io.weir.process.streams.StreamRunner;
import io.weir.process.trace.Tracing;
import io.weir.scoring.ops.BrokerCheck;
import io.weir.scoring.ops.Housekeeping;
import io.weir.scoring.ops.ScoringHealth;
import io.weir.scoring.ops.ScoringLag;
import io.weir.scoring.ops.ScoringMetrics;
import io.weir.scoring.ops.ScoringOperations;
import io.weir.scoring.ops.Together;
import io.weir.scoring.processor.SessionScorer;
import io.weir.scoring.registry.ClickModel;
import io.weir.scoring.registry.DirectoryRegistry;
import io.weir.scoring.registry.MlflowMirror;
import io.weir.scoring.registry.Registry;
import io.weir.scoring.registry.ReturnModel;
import io.weir.scoring.serve.VisitorSessions;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final Tracing tracing;
  private final Registry registry;
  private final Optional<MlflowMirror> mirror;
  private final StreamRunner stream;
  private final SideModels sides;
  private final BrokerCheck broker;
  private final VisitorSessions open;
  private final ScoringHealth health;
  private final Housekeeping housekeeping;

  ScoringService(ScoringConfig config, Clock clock) {
    this.config = config;
    this.tracing = Tracing.open(config.traceRatio(), "weir-ml-scoring");
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
                new MlflowMirror(
                    config.modelDir(), source.champion(), clock, metrics::reloadFailed));
    this.stream = stream(new SessionScorer(registry, clock, config.reasons()));
    this.broker = new BrokerCheck(config.kafka(), config.kafka().admin());
    this.open =
        new VisitorSessions(
            config.stream(), config.listen().access().ownKey(), config.listen().tls().trust());
    this.sides = new SideModels(config, clock, metrics, tracing);
    this.health = new ScoringHealth(registry, stream, broker, this::warnings);
    this.housekeeping = new Housekeeping(registry, stream, broker);
  }

  private Map<String, String> warnings() {
    var warnings = new LinkedHashMap<String, String>();
    mirror.flatMap(MlflowMirror::problem).ifPresent(problem -> warnings.put("mlflow", problem));
    warnings.putAll(sides.problems());
    return warnings;
  }

  private StreamRunner stream(SessionScorer scorer) {
    Properties properties = config.streams();
    return runner(
        ScoringTopology.ofChampion(config.topics(), scorer, metrics, tracing).build(properties),
        properties);
  }

  /** A member leaves at the end: otherwise the group waits for a session timeout. */
  static StreamRunner runner(Topology topology, Properties properties) {
    return new StreamRunner(
        () -> new KafkaStreams(topology, properties),
        topology.describe().toString(),
        GroupMembershipOperation.LEAVE_GROUP,
        CLOSE_TIMEOUT);
  }

  /** Fails with a message for the operator when Kafka or the model folder cannot be used. */
  void start() {
    Topics all = config.topics();
    List<Topic> topics =
        List.of(
            all.sessions(),
            all.scores(),
            all.events(),
            all.identities(),
            all.challengerScores(),
            all.clickScores(),
            all.returnScores());
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
    sides.start(config.modelCheckInterval());
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
    return new Object[] {
      registry,
      new ClickModel(sides.clicks()),
      new ReturnModel(sides.returns()),
      open,
      new ScoringOperations(health, metrics, registry, sides.lines())
    };
  }

  ScoringHealth health() {
    return health;
  }

  @Override
  public void close() {
    mirror.ifPresent(MlflowMirror::close);
    housekeeping.close();
    // One after the other, four streams could take longer than an orchestrator waits.
    Together.run(stream::close, sides::close);
    broker.close();
    tracing.close();
    open.close();
  }
}
