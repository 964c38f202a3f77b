package io.weir.local.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.local.terminal.Steps.Step;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StepsTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final AtomicLong nanos = new AtomicLong();
  private final Steps steps = new Steps(new Display(out, false), nanos::get);

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void doneStep_isOneLineWithItsSeconds() throws InterruptedException {
    steps.together(
        new Step(
            "broker",
            () -> {
              nanos.set(2_500_000_000L);
              return "127.0.0.1:9192";
            }));

    assertThat(printed().lines()).containsExactly("  ok  broker          2.5 s  127.0.0.1:9192");
  }

  @Test
  void steps_runAtTheSameTime() throws InterruptedException {
    var bothRun = new CountDownLatch(2);
    Step[] both = {meeting("one", bothRun), meeting("two", bothRun)};

    steps.together(both);

    assertThat(printed()).contains("one", "two");
  }

  private static Step meeting(String name, CountDownLatch bothRun) {
    return new Step(
        name,
        () -> {
          bothRun.countDown();
          bothRun.await();
          return "met";
        });
  }

  @Test
  void step_beginsWhenThoseItNeedsAreDone_andItsSecondsToo() throws InterruptedException {
    var later =
        new Step(
                "later",
                () -> {
                  nanos.addAndGet(1_000_000_000L);
                  return "";
                })
            .after("first");
    var first =
        new Step(
            "first",
            () -> {
              nanos.addAndGet(5_000_000_000L);
              return "";
            });

    steps.together(later, first);

    assertThat(printed().lines().map(String::strip))
        .containsExactly("ok  first           5.0 s", "ok  later           1.0 s");
  }

  @Test
  void stepThatNeedsAnUnknownOne_isRefused() {
    Step step = new Step("later", () -> "").after("nobody");

    assertThatThrownBy(() -> steps.together(step))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[later]");
  }

  @Test
  void failure_interruptsTheOthersAndIsThrown() {
    var never = new CountDownLatch(1);
    var waiting =
        new Step(
            "waiting",
            () -> {
              never.await();
              return "";
            });
    var failing =
        new Step(
            "failing",
            () -> {
              throw new IllegalStateException("no broker");
            });

    assertThatThrownBy(() -> steps.together(waiting, failing))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no broker");
    assertThat(printed()).isEmpty();
  }
}
