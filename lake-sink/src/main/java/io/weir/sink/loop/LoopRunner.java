package io.weir.sink.loop;

import io.weir.sink.ops.LoopHealth;
import java.time.Duration;

/** Steps a loop in a thread of its own until it is told to stop. */
public final class LoopRunner implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final LoopHealth health;
  private final LoopStep step;
  private final Thread thread;
  private volatile boolean isStopping;

  public LoopRunner(LoopHealth health, LoopStep step) {
    this.health = health;
    this.step = step;
    this.thread = new Thread(this::run, health.name());
  }

  public void start() {
    thread.start();
  }

  private void run() {
    step.start();
    while (!isStopping) {
      health.stepBegins();
      step.doWork();
      health.stepEnds();
    }
    step.close();
  }

  /** Asks the loop to stop after its current step. */
  public void stop() {
    isStopping = true;
  }

  /** Waits for the last commit. */
  @Override
  public void close() {
    stop();
    if (thread.getState() == Thread.State.NEW) {
      step.close();
      return;
    }
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
