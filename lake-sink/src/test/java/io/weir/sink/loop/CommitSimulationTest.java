package io.weir.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.lake.commit.Changes;
import io.weir.lake.commit.CommitOutcome;
import io.weir.lake.commit.CommitPlan;
import io.weir.lake.commit.CommitProtocol;
import io.weir.lake.commit.Committer;
import io.weir.lake.commit.Guard;
import io.weir.lake.commit.Offsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Runs the real loop and protocol in simulated surroundings; {@code -Dweir.simulation.seed=N} runs
 * one schedule and prints it.
 */
class CommitSimulationTest {
  private static final String SEED = "weir.simulation.seed";
  private static final int SCHEDULES = 10_000;

  @Test
  void tenThousandSchedules_eachRecordOnceAndNoRewind() {
    Long only = Long.getLong(SEED);
    if (only != null) {
      new Simulation(only, SimTwin.Wiring.REAL, true).run();
      return;
    }

    assertThat(firstFailure(SimTwin.Wiring.REAL, SCHEDULES)).isEmpty();
  }

  @Test
  void historyNotChecked_isFound() {
    SimTwin.Wiring blind =
        (world, twin) ->
            new CommitProtocol(
                new SimLedger(world, twin) {
                  @Override
                  boolean mayFollow(Guard guard) {
                    return true;
                  }
                });

    assertThat(firstFailure(blind, 1_000)).isPresent();
  }

  @Test
  void unknownTakenForRefused_isFound() {
    SimTwin.Wiring hasty =
        (world, twin) -> {
          Committer real = SimTwin.Wiring.REAL.committer(world, twin);
          return new Committer() {
            @Override
            public CommitOutcome commit(CommitPlan plan, Changes changes) {
              CommitOutcome outcome = real.commit(plan, changes);
              return outcome instanceof CommitOutcome.Unknown(String reason)
                  ? new CommitOutcome.Stale(reason)
                  : outcome;
            }

            @Override
            public Offsets offsets() {
              return real.offsets();
            }
          };
        };

    assertThat(firstFailure(hasty, 1_000)).isPresent();
  }

  private static Optional<String> firstFailure(SimTwin.Wiring wiring, int schedules) {
    for (long seed = 0; seed < schedules; seed++) {
      try {
        new Simulation(seed, wiring, false).run();
      } catch (Simulation.Violation | RuntimeException e) {
        return Optional.of("seed " + seed + ": " + e + "; to see it: -D" + SEED + "=" + seed);
      }
    }
    return Optional.empty();
  }
}
