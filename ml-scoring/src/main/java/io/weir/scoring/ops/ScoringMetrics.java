package io.weir.scoring.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.contract.avro.ReturnScore;
import io.weir.scoring.processor.ImpressionObserver;
import io.weir.scoring.processor.ScoreObserver;
import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.registry.Registry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The metrics for Prometheus. {@code read = scored + retracted + unreadable}; a record that is read
 * again after an aborted transaction counts again.
 */
public final class ScoringMetrics implements ScoreObserver, ImpressionObserver {
  private static final double[] SCORE_BUCKETS = {
    0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1
  };

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Counter scored = sessions("scored");
  private final Counter retracted = sessions("retracted");
  private final Counter unreadable = sessions("unreadable");
  private final Counter reloadFailures =
      Counter.builder("weir.scoring.model.reload.failures")
          .description("changed model files that could not be used")
          .register(meters);
  private final Timer time =
      Timer.builder("weir.scoring.time")
          .description("from a session's bytes to its score")
          .register(meters);
  private final DistributionSummary scores =
      DistributionSummary.builder("weir.scoring.score")
          .description("conversion scores")
          .serviceLevelObjectives(SCORE_BUCKETS)
          .register(meters);
  private final MultiGauge model =
      MultiGauge.builder("weir.scoring.model.info")
          .description("1 for the model in use")
          .register(meters);

  private final Counter scoredImpressions = impressions("scored");
  private final Counter botImpressions = impressions("bot");
  private final Counter unreadableEvents = impressions("unreadable");
  private final DistributionSummary clickScores =
      DistributionSummary.builder("weir.scoring.click.score")
          .description("scores of ad impressions")
          .serviceLevelObjectives(SCORE_BUCKETS)
          .register(meters);
  private final Counter challenged =
      Counter.builder("weir.scoring.challenged")
          .description("session revisions that the challenger scored, too")
          .register(meters);

  private final Counter returns =
      Counter.builder("weir.scoring.returns")
          .description("session revisions that the return model scored, too")
          .register(meters);

  private final DistributionSummary returnScores =
      DistributionSummary.builder("weir.scoring.return.score")
          .description("return scores of sessions that are not retracted")
          .serviceLevelObjectives(SCORE_BUCKETS)
          .register(meters);

  private final MultiGauge sideModels =
      MultiGauge.builder("weir.scoring.side.model.info")
          .description("1 for each model in use beside the one that scores sessions")
          .register(meters);

  private final MultiGauge sideReady =
      MultiGauge.builder("weir.scoring.side.ready")
          .description("1 for a model beside that scores, 0 for one whose stream does not run")
          .register(meters);

  private Counter impressions(String result) {
    return Counter.builder("weir.scoring.impressions")
        .description("ad impressions read from the topic of events; unreadable: events")
        .tag("result", result)
        .register(meters);
  }

  private Counter sessions(String result) {
    return Counter.builder("weir.scoring.sessions")
        .description("session revisions read from the topic")
        .tag("result", result)
        .register(meters);
  }

  /** Adds the metrics of the process and its stream. */
  public void watch(Supplier<Number> lag, Supplier<Number> isReady) {
    Gauge.builder("weir.scoring.lag", lag)
        .description("session records not read yet")
        .register(meters);
    Gauge.builder("weir.scoring.ready", isReady)
        .description("1 when the next session would be scored")
        .register(meters);
    new JvmMemoryMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
  }

  @Override
  public void scored(double probability, long nanos) {
    scored.increment();
    scores.record(probability);
    time.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void retracted() {
    retracted.increment();
  }

  @Override
  public void unreadable() {
    unreadable.increment();
  }

  /** Counts a session that the challenger scored. */
  public void challenged() {
    challenged.increment();
  }

  /** Counts a session that the return model scored. */
  public void returnScored(ReturnScore score) {
    returns.increment();
    if (!score.getIsRetracted()) {
      returnScores.record(score.getReturnScore());
    }
  }

  @Override
  public void scored(double probability) {
    scoredImpressions.increment();
    clickScores.record(probability);
  }

  @Override
  public void bot() {
    botImpressions.increment();
  }

  @Override
  public void unreadableEvent() {
    unreadableEvents.increment();
  }

  public void reloadFailed() {
    reloadFailures.increment();
  }

  /** Adds the free and the total space of the disk with this folder. */
  public void disk(Path folder) {
    new DiskSpaceMetrics(folder.toFile()).bindTo(meters);
  }

  /** The text of all metrics now. */
  public String scrape(Registry models, List<SideLine> sides) {
    model.register(rows(List.of(models)), true);
    sideModels.register(rows(sides.stream().map(SideLine::registry).toList()), true);
    sideReady.register(ready(sides), true);
    return meters.scrape();
  }

  private static List<MultiGauge.Row<?>> rows(List<Registry> models) {
    return models.stream()
        .flatMap(each -> each.current().stream())
        .<MultiGauge.Row<?>>map(ScoringMetrics::row)
        .toList();
  }

  private static List<MultiGauge.Row<?>> ready(List<SideLine> sides) {
    var rows = new ArrayList<MultiGauge.Row<?>>();
    for (SideLine each : sides) {
      each.isReady()
          .map(isReady -> MultiGauge.Row.of(Tags.of("name", each.name()), isReady ? 1 : 0))
          .ifPresent(rows::add);
    }
    return rows;
  }

  private static MultiGauge.Row<Number> row(LoadedModel loaded) {
    return MultiGauge.Row.of(Tags.of("name", loaded.name(), "version", loaded.version()), 1);
  }
}
