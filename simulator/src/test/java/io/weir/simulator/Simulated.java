package io.weir.simulator;

import io.weir.process.Stop;
import io.weir.simulator.fault.Fault;
import io.weir.simulator.publish.MemoryPublisher;
import io.weir.simulator.truth.GroundTruth;
import io.weir.simulator.truth.TrueSession;
import io.weir.simulator.visit.Habits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A whole history in memory, for tests. */
record Simulated(
    Simulation simulation,
    GroundTruth truth,
    List<MemoryPublisher.Sent> records,
    List<TrueSession> sessions) {
  static final Instant UNTIL = Instant.parse("2026-03-01T00:00:00Z");
  static final Fault.Rules FAULTS =
      new Fault.Rules(
          new Fault.Duplicate(0.01),
          new Fault.Late(0.01, 600_000),
          new Fault.OutOfOrder(0.02),
          new Fault.Malformed(0.005));

  static SimulatorConfig config(long seed, int events) {
    return new SimulatorConfig(
        seed,
        events,
        Integer.MAX_VALUE,
        Duration.ofDays(2),
        UNTIL,
        Duration.ofHours(2),
        false,
        1,
        0.02,
        FAULTS,
        Habits.USUAL);
  }

  static Simulated of(SimulatorConfig config) {
    var simulation = new Simulation(config, Resources.profile(), Resources.world());
    var publisher = new MemoryPublisher(4);
    GroundTruth truth = simulation.truth(GroundTruth.Keep.EVENTS);
    simulation.history(publisher, truth).runUntil(new Stop(), () -> {});
    var sessions = new ArrayList<TrueSession>();
    truth.eachSession(sessions::add);
    return new Simulated(simulation, truth, publisher.sent(), sessions);
  }
}
