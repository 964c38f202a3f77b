package io.weir.local.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Supervises a service that dies at each start, on a clock that the test moves. */
class SupervisorIT {
  @Test
  void processThatDiesAgainAndAgain_isGivenUp_withItsLog(@TempDir Path folder)
      throws IOException, InterruptedException {
    var home = new Home(folder);
    home.create();
    Files.createFile(home.kafka());
    var catalogue = new Catalogue(new Checkout(Path.of("..")), home, Ports.free(), 1);
    var nanos = new AtomicLong();
    List<String> lines = new ArrayList<>();
    try (var platform = new Platform(catalogue)) {
      var supervisor = new Supervisor(platform, nanos::get, lines::add);
      platform.start(Service.BROKER);

      assertThatThrownBy(() -> stepUntilFailure(supervisor, nanos, platform))
          .isInstanceOf(ServiceFailedException.class)
          .hasMessageContaining("broker ended with code 2, more than 5 times in 5 minutes")
          .hasMessageContaining(home.kafka().toString());
      assertThat(home.pidFile("broker").restarts()).isEqualTo(RestartPolicy.MOST);
    }

    assertThat(lines).hasSize(RestartPolicy.MOST);
    assertThat(lines.getLast())
        .isEqualTo(
            "  !!  Kafka broker ended with code 2: starts again in 16 s (5 of 5 in 5 minutes)");
  }

  private static void stepUntilFailure(Supervisor supervisor, AtomicLong nanos, Platform platform)
      throws InterruptedException {
    while (true) {
      supervisor.step();
      if (platform.ended().isEmpty()) {
        Thread.onSpinWait(); // the process is about to die
      } else {
        nanos.addAndGet(Duration.ofSeconds(8).toNanos());
      }
    }
  }
}
