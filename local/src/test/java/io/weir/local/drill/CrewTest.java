package io.weir.local.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Checkout;
import io.weir.local.platform.Home;
import io.weir.local.platform.Platform;
import io.weir.local.platform.Ports;
import io.weir.local.platform.Service;
import io.weir.local.process.ChildProcess;
import io.weir.local.process.ProcessSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrewTest {
  @TempDir private Path folder = Path.of("");
  private Platform platform = platform();
  private Crew crew = new Crew(platform, _ -> {});

  @BeforeEach
  void start() {
    platform = platform();
    platform.catalogue().home().create();
    crew = new Crew(platform, _ -> {});
    crew.add(sleeper("sleeper"));
  }

  private Platform platform() {
    return new Platform(
        new Catalogue(new Checkout(folder), new Home(folder), new Ports(1, 2, 3, 4, 5, 6), 1));
  }

  /** A process that sleeps instead of running Java. */
  private Member sleeper(String name) {
    var sleep = List.of("/bin/sh", "-c", "exec sleep 60", "sh");
    var spec = new ProcessSpec(sleep, name, folder, List.of(), "", "", List.of(), Map.of());
    return Member.of(spec, Service.STREAM, platform.catalogue());
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void killedByTheDrill_isAskedFor_once() throws InterruptedException {
    crew.kill("sleeper");
    crew.step();
    assertThat(crew.unasked()).isEmpty();

    end("sleeper", true);
    crew.step();
    assertThat(crew.unasked()).containsExactly("sleeper was ended by signal 9");
    assertThat(process("sleeper").isAlive()).isTrue();
  }

  @Test
  void endedBySomebodyElse_isNotAskedFor() throws InterruptedException {
    end("sleeper", false);
    crew.step();

    assertThat(crew.unasked()).containsExactly("sleeper was ended by signal 15");
  }

  @Test
  void removed_isAskedFor_unlessItHadDied() throws InterruptedException {
    crew.add(sleeper("twin"));
    crew.remove("sleeper", Duration.ofSeconds(10));
    assertThat(crew.unasked()).isEmpty();

    end("twin", true);
    crew.remove("twin", Duration.ofSeconds(10));
    assertThat(crew.unasked()).containsExactly("twin was ended by signal 9");
  }

  @Test
  void platformThatStops_asksFor() throws InterruptedException {
    platform.close();
    crew.step();

    assertThat(crew.unasked()).isEmpty();
  }

  private ChildProcess process(String name) {
    return Objects.requireNonNull(crew.process(name));
  }

  private void end(String name, boolean isKill) {
    ChildProcess process = process(name);
    ProcessHandle handle = ProcessHandle.of(process.pid()).orElseThrow();
    boolean _ = isKill ? handle.destroyForcibly() : handle.destroy();
    process.onExit().join();
  }
}
