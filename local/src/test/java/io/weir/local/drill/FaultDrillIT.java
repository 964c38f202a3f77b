package io.weir.local.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.platform.Checkout;
import io.weir.local.platform.Home;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Small forms of the fault campaign; the large one is {@code ./weir drill faults}. */
@EnabledIfEnvironmentVariable(
    named = "WEIR_NIGHTLY",
    matches = "true",
    disabledReason = "it takes minutes: WEIR_NIGHTLY=true runs it")
class FaultDrillIT {
  @TempDir private Path folder;

  @Test
  void fourKills_loseNothing() throws Exception {
    var traffic = new DrillTraffic(10_000, 1_000, 5);

    assertNothingIsLost(DrillPlan.of(5, 4, Set.of(FaultKind.KILL)), traffic, 4);
  }

  @Test
  void tenKillsAndEveryOtherFault_loseNothing() throws Exception {
    var traffic = new DrillTraffic(200_000, 2_000, 6);

    assertNothingIsLost(DrillPlan.of(6, 10, EnumSet.allOf(FaultKind.class)), traffic, 17);
  }

  private void assertNothingIsLost(DrillPlan plan, DrillTraffic traffic, int faults)
      throws Exception {
    var checkout = new Checkout(Path.of(System.getProperty("weir.root", "..")));
    var home = new Home(folder.resolve("home"));
    home.create();
    var drill = new FaultDrill(plan, traffic, new Stage(checkout, home), System.out::println);
    try {
      FaultDrill.Result result = drill.run();

      new FaultReport("FaultDrillIT", result).lines(Instant.now()).forEach(System.out::println);
      assertThat(result.outcomes()).hasSize(faults);
      assertThat(result.verdict().problems()).isEmpty();
      assertThat(result.isGood()).isTrue();
    } finally {
      drill.platform().close();
      drill.release();
    }
  }
}
