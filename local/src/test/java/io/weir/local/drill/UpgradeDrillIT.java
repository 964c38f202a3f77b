package io.weir.local.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.platform.Checkout;
import io.weir.local.platform.Home;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The upgrade drill with its own numbers. */
@EnabledIfEnvironmentVariable(
    named = "WEIR_NIGHTLY",
    matches = "true",
    disabledReason = "it takes minutes: WEIR_NIGHTLY=true runs it")
class UpgradeDrillIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"false, 1", "true, 1", "false, 3"})
  void instancesReplacedInTurn_holdEveryFloor(boolean isKill, int brokers) throws Exception {
    var checkout = new Checkout(Path.of(System.getProperty("weir.root", "..")));
    var home = new Home(folder.resolve("home"));
    home.create();
    var traffic = new DrillTraffic(75_000, 500, 3);
    var options = new UpgradeDrill.Options(traffic, Duration.ofMinutes(1), 50, checkout, isKill);
    var drill = new UpgradeDrill(options, new Stage(checkout, home, brokers), System.out::println);
    try {
      UpgradeDrill.Result result = drill.run();

      new UpgradeReport("UpgradeDrillIT", result).lines(Instant.now()).forEach(System.out::println);
      assertThat(result.missed()).isEmpty();
    } finally {
      drill.platform().close();
      drill.release();
    }
  }
}
