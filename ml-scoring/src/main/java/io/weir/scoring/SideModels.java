package io.weir.scoring;

import io.weir.process.streams.StreamRunner;
import io.weir.process.trace.Tracing;
import io.weir.scoring.ScoringConfig.MlflowAliases;
import io.weir.scoring.ops.ScoringMetrics;
import io.weir.scoring.ops.SideLine;
import io.weir.scoring.ops.Together;
import io.weir.scoring.processor.ImpressionScorer;
import io.weir.scoring.processor.ReturnScorer;
import io.weir.scoring.processor.SessionScorer;
import io.weir.scoring.registry.DirectoryRegistry;
import io.weir.scoring.registry.LastModel;
import io.weir.scoring.registry.MlflowAlias;
import io.weir.scoring.registry.MlflowMirror;
import io.weir.scoring.registry.ModelKind;
import io.weir.scoring.registry.ModelSlot;
import io.weir.scoring.registry.Registry;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;

/**
 * The models beside the conversion champion: its challenger, the click model and the return model.
 * Each has a stream of its own, which neither waits for the champion's nor stops it.
 */
final class SideModels implements AutoCloseable {
  private final ScoringConfig config;
  private final Clock clock;
  private final ScoringMetrics metrics;
  private final Tracing tracing;
  private final SideLine challenger;
  private final SideLine clicks;
  private final SideLine returns;

  SideModels(ScoringConfig config, Clock clock, ScoringMetrics metrics, Tracing tracing) {
    this.tracing = tracing;
    this.config = config;
    this.clock = clock;
    this.metrics = metrics;
    this.challenger =
        line(
            "challenger",
            ModelSlot.challenger(ModelKind.CONVERSION, config.modelDir()),
            MlflowAliases::challenger,
            this::challengerStream);
    this.clicks =
        line(
            "clicks",
            ModelSlot.champion(ModelKind.CLICK, config.clickModelDir()),
            MlflowAliases::clicks,
            this::clickStream);
    this.returns =
        line(
            "returns",
            ModelSlot.champion(ModelKind.RETURN, config.returnModelDir()),
            MlflowAliases::returns,
            this::returnStream);
  }

  private SideLine line(
      String name,
      ModelSlot slot,
      Function<MlflowAliases, MlflowAlias> alias,
      Function<Registry, StreamRunner> stream) {
    var registry = new DirectoryRegistry(slot, clock, metrics::reloadFailed);
    Optional<MlflowMirror> mirror =
        config
            .mlflow()
            .map(alias)
            .map(source -> new MlflowMirror(slot, source, clock, metrics::reloadFailed));
    return new SideLine(name, registry, mirror, () -> stream.apply(registry), clock);
  }

  private StreamRunner challengerStream(Registry registry) {
    Properties properties = config.sideStreams("challenger");
    var scorer = new SessionScorer(new LastModel(registry), clock, 0);
    return ScoringService.runner(
        ScoringTopology.ofChallenger(config.topics(), scorer, metrics::challenged)
            .build(properties),
        properties);
  }

  private StreamRunner clickStream(Registry registry) {
    Properties properties = config.sideStreams("clicks");
    var scorer = new ImpressionScorer(registry, clock);
    return ScoringService.runner(
        new ClickTopology(config.topics(), config.clickVisitors(), scorer, metrics, tracing)
            .build(properties),
        properties);
  }

  private StreamRunner returnStream(Registry registry) {
    Properties properties = config.sideStreams("returns");
    var scorer = new ReturnScorer(new LastModel(registry), clock, config.reasons());
    return ScoringService.runner(
        ScoringTopology.ofReturns(config.topics(), scorer, metrics::returnScored).build(properties),
        properties);
  }

  List<SideLine> lines() {
    return List.of(challenger, clicks, returns);
  }

  Registry clicks() {
    return clicks.registry();
  }

  Registry returns() {
    return returns.registry();
  }

  /** What an operator should look at, by the name of the model. */
  Map<String, String> problems() {
    var problems = new LinkedHashMap<String, String>();
    for (SideLine each : lines()) {
      each.problem().ifPresent(problem -> problems.put(each.name(), problem));
    }
    return problems;
  }

  void start(Duration interval) {
    lines().forEach(each -> each.start(interval));
  }

  @Override
  public void close() {
    Together.run(challenger::close, clicks::close, returns::close);
  }
}
