package io.weir.local.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DrillStepsTest {
  private final AtomicLong nanos = new AtomicLong();

  private void pass(long seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void lag_belongsToTheStepInWhichItIsSeen() {
    var steps = new DrillSteps(nanos::get, () -> 0.755);
    steps.note(20);
    steps.begin("one");
    steps.forget();
    pass(3);
    steps.note(4);
    pass(1);
    steps.note(2);
    steps.done("one: killed");
    steps.begin("two");
    pass(2);
    steps.note(3);

    assertThat(steps.lines())
        .containsExactly(
            "warm-up; longest lag 20.0 s, after 0.0 s; 76 % of all cores busy",
            "one: killed; longest lag 4.0 s, after 3.0 s; 76 % of all cores busy",
            "two; longest lag 3.0 s, after 2.0 s; 76 % of all cores busy");
    assertThat(steps.mostLag()).isEqualTo(4);
  }

  @Test
  void unknownLoad_isLeftOut() {
    assertThat(new DrillSteps(nanos::get, () -> -1).lines())
        .containsExactly("warm-up; longest lag 0.0 s, after 0.0 s");
  }
}
