package io.weir.simulator;

import io.weir.contract.VisitorPartition;
import io.weir.process.StartupException;
import io.weir.process.kafka.EventPublisher;
import io.weir.simulator.fault.Arrivals;
import io.weir.simulator.fault.FaultPlan;
import io.weir.simulator.publish.PublishLoop;
import io.weir.simulator.publish.Throttle;
import io.weir.simulator.truth.ChanceTruth;
import io.weir.simulator.truth.GroundTruth;
import io.weir.simulator.visit.ArrivalProcess;
import io.weir.simulator.visit.Catalog;
import io.weir.simulator.visit.ClickWriter;
import io.weir.simulator.visit.Deeds;
import io.weir.simulator.visit.Foresight;
import io.weir.simulator.visit.HistoryPlan;
import io.weir.simulator.visit.LiveArrivals;
import io.weir.simulator.visit.Names;
import io.weir.simulator.visit.Profile;
import io.weir.simulator.visit.Traffic;
import io.weir.simulator.visit.VisitSeeds;
import io.weir.simulator.visit.VisitSource;
import io.weir.simulator.visit.World;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Builds a simulation: first the history, then the present of the same visitors. */
final class Simulation {
  private static final int HISTORY = 0;
  private static final int LIVE = 1;

  private final SimulatorConfig config;
  private final Profile profile;
  private final Traffic.Model model;
  private final ClickWriter writer;
  private final Deeds deeds;
  private final VisitSeeds seeds;
  private final ArrivalProcess arrivals;
  private @Nullable ChanceTruth chances;

  Simulation(SimulatorConfig config, Profile profile, World world) {
    this.config = config;
    this.profile = profile;
    this.seeds = new VisitSeeds(config.seed(), config.habits());
    var catalog = new Catalog(profile, world);
    this.model = new Traffic.Model(profile, world, catalog, seeds);
    this.writer = new ClickWriter(catalog, world);
    this.deeds = new Deeds(catalog, world);
    this.arrivals =
        new ArrivalProcess(profile, seeds, config.start(), config.end()).without(config.pause());
  }

  Names names() {
    return seeds.names();
  }

  /** Remembers the true probabilities, too. */
  ChanceTruth foresee() {
    chances = new ChanceTruth(names());
    return chances;
  }

  GroundTruth truth(GroundTruth.Keep keep) {
    return new GroundTruth(names(), config.start(), keep);
  }

  /** Sends everything up to the end of the history, as fast as the target accepts it. */
  PublishLoop history(EventPublisher publisher, GroundTruth truth) {
    return history(publisher, truth, new Throttle(Double.POSITIVE_INFINITY, () -> 0));
  }

  /** The history, with at most so many records a second as the pace allows. */
  PublishLoop history(EventPublisher publisher, GroundTruth truth, Throttle pace) {
    long events = config.events() - FaultPlan.extras(config.faults(), config.events());
    HistoryPlan plan = arrivals.plan(events, Math.round(events * config.bots()), config.visitors());
    if (plan.events() < events) {
      throw new StartupException(
          "--events "
              + config.events()
              + " do not fit: give --visitors at least "
              + arrivals.fewestVisitors(events)
              + ", or a longer --history");
    }
    int partitions = publisher.partitions();
    truth.sentTo(visitor -> VisitorPartition.of(visitor, partitions));
    FaultPlan faults =
        FaultPlan.exact(config.faults(), profile.delays(), config.events(), config.end());
    return new PublishLoop(
        arrivals(plan, config.start(), faults, HISTORY, truth),
        publisher,
        truth,
        () -> Long.MAX_VALUE,
        pace);
  }

  /**
   * Sends what happens from the end of the history on, each event at its time. Call it after {@link
   * #history}.
   */
  PublishLoop live(EventPublisher publisher, GroundTruth truth, Clock clock) {
    var crowd =
        new LiveArrivals.Crowd(
            config.rate() / config.faults().recordsPerEvent(), config.bots(), config.visitors());
    var visits = new LiveArrivals(profile, seeds, arrivals.pool(), crowd, config.end());
    FaultPlan faults = FaultPlan.endless(config.faults(), profile.delays());
    return new PublishLoop(
        arrivals(visits, config.end(), faults, LIVE, truth), publisher, truth, clock::millis);
  }

  private Arrivals arrivals(
      VisitSource visits, long from, FaultPlan faults, int part, GroundTruth truth) {
    var traffic = new Traffic(visits, from, model);
    if (chances != null) {
      traffic.foreseen(new Foresight(profile, chances));
    }
    var arrivals = new Arrivals(traffic, writer, faults, seeds.faults(part));
    return truth.keepsDeeds() ? arrivals.with(deeds) : arrivals;
  }
}
