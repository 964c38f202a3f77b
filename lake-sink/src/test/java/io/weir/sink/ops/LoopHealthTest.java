package io.weir.sink.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoopHealthTest {
  private Duration now = Duration.ZERO;
  private final LoopHealth health = new LoopHealth("t", () -> now.toNanos());

  @Test
  void health_saysWhatIsWrong() {
    assertThat(health.problem()).contains("starting");

    health.up();
    assertThat(health.problem()).isEmpty();

    health.down("no");
    assertThat(health.problem()).contains("no");
  }

  @Test
  void waitingLoop_isNoProblemAndSaysWhy() {
    health.waitsFor("a topic");
    assertThat(health.problem()).isEmpty();
    assertThat(health.note()).contains("a topic");

    health.down("no");
    assertThat(health.note()).isEmpty();
    health.waitsFor("a topic");
    health.up();
    assertThat(health.note()).isEmpty();
  }

  @Test
  void stepThatDoesNotEnd_isAProblemUntilItEnds() {
    health.up();
    health.stepBegins();

    now = Duration.ofSeconds(19);
    assertThat(health.problem()).isEmpty();
    now = Duration.ofSeconds(25);
    assertThat(health.problem()).contains("waits for the store or the catalog for 25 s");

    health.stepEnds();
    assertThat(health.problem()).isEmpty();
  }
}
