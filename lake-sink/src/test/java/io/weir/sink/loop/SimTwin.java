package io.weir.sink.loop;

import io.weir.lake.commit.CommitProtocol;
import io.weir.lake.commit.Committer;
import io.weir.process.trace.Tracing;
import io.weir.sink.ops.LoopHealth;
import io.weir.sink.ops.LoopMeters;
import io.weir.sink.ops.SinkMetrics;
import io.weir.sink.write.RollPolicy;
import java.time.Duration;

/** One process of several that write the same table: a real loop in simulated surroundings. */
final class SimTwin {
  private static final LoopMeters METERS = new SinkMetrics().loop("simulated");

  /** Creates the committer of a twin; a test may replace it. */
  interface Wiring {
    Wiring REAL = (world, twin) -> new CommitProtocol(new SimLedger(world, twin));

    Committer committer(Simulation world, SimTwin twin);
  }

  private final String name;
  private final SimConsumer consumer;
  private final SinkLoop loop;
  private boolean isBusy;
  private long asleepUntil;

  SimTwin(String name, Simulation world, Wiring wiring) {
    this.name = name;
    this.consumer = new SimConsumer(world, this);
    var parts =
        new LoopParts(
            SimTopic.NAME,
            new SimWriter(world, this),
            wiring.committer(world, this),
            new RollPolicy(12, Duration.ofSeconds(2)),
            world.clock(),
            world::id,
            new LoopHealth(name),
            METERS,
            false,
            () -> "",
            Tracing.off());
    this.loop = new SinkLoop(parts, consumer.consumer());
  }

  void start() {
    loop.start();
  }

  boolean canStep(long step) {
    return !isBusy && step >= asleepUntil;
  }

  boolean isBusy() {
    return isBusy;
  }

  void sleep(long untilStep) {
    asleepUntil = untilStep;
  }

  void step() {
    run(loop::doWork);
  }

  void close() {
    run(loop::close);
  }

  private void run(Runnable work) {
    isBusy = true;
    try {
      work.run();
    } finally {
      isBusy = false;
    }
  }

  SimConsumer consumer() {
    return consumer;
  }

  @Override
  public String toString() {
    return name;
  }
}
