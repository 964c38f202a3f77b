package io.weir.sink.loop;

import io.weir.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.MDC;

/**
 * A simulation from one seed: twins that write one table, a growing topic, a group that moves
 * partitions, and random failures. At every input or output of a twin other twins may run first,
 * the call may fail, or the process may end. After a time the failures stop. Then the table must
 * get each record once.
 */
final class Simulation {
  private static final int TWINS = 3;
  private static final int STEPS = 180;
  private static final int PEACEFUL_STEPS = 3_000;
  private static final int DEPTH = 3;

  private final Random random;
  private final SimTwin.Wiring wiring;
  private final boolean isTraced;
  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final SimTopic topic;
  private final SimFiles files = new SimFiles();
  private final SimTable table;
  private final SimGroup group = new SimGroup(this);
  private final List<SimTwin> twins = new ArrayList<>();
  private boolean isPeaceful;
  private int depth;
  private long step;
  private int started;

  /** The protocol broke a promise. */
  static final class Violation extends Error {
    private static final long serialVersionUID = 1L;

    Violation(String message) {
      super(message);
    }
  }

  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
      super("crash", null, false, false);
    }
  }

  Simulation(long seed, SimTwin.Wiring wiring, boolean isTraced) {
    this.random = new Random(seed);
    this.wiring = wiring;
    this.isTraced = isTraced;
    this.topic = new SimTopic(1 + random.nextInt(3));
    this.table = new SimTable(topic, files);
  }

  void run() {
    MDC.put("simulated", "yes");
    try {
      while (step < STEPS) {
        act();
      }
      isPeaceful = true;
      settle();
    } finally {
      MDC.remove("simulated");
    }
    if (table.rows() != topic.records()) {
      throw new Violation(table.rows() + " rows of " + topic.records() + " records");
    }
  }

  private void settle() {
    for (int i = 0; i < PEACEFUL_STEPS && table.rows() < topic.records(); i++) {
      step += STEPS;
      clock.advance(Duration.ofSeconds(1));
      startMissing();
      List.copyOf(twins).forEach(this::step);
    }
    List.copyOf(twins).forEach(SimTwin::close);
  }

  /** Lets one random event happen. */
  private void act() {
    step++;
    clock.advance(Duration.ofMillis(below(800)));
    startMissing();
    switch (below(20)) {
      case 0, 1, 2 -> topic.produce(random);
      case 3 -> group.rebalance();
      case 4 -> group.giveTwice();
      case 5 -> disturb();
      case 6 -> commitOfOthers();
      default -> step(twins.get(below(twins.size())));
    }
  }

  private void commitOfOthers() {
    switch (below(3)) {
      case 0 -> table.maintain();
      case 1 -> table.foreignCommit();
      default -> table.deliver();
    }
  }

  private void disturb() {
    SimTwin twin = twins.get(below(twins.size()));
    switch (below(4)) {
      case 0 -> twin.sleep(step + below(40));
      case 1 -> group.evict(twin.consumer());
      case 2 -> clock.advance(Duration.ofSeconds(below(60)));
      default -> {
        if (!twin.isBusy()) {
          kill(twin);
        }
      }
    }
  }

  private void startMissing() {
    while (twins.size() < TWINS) {
      var twin = new SimTwin("twin" + started++, this, wiring);
      twins.add(twin);
      twin.start();
    }
  }

  private void step(SimTwin twin) {
    if (!twin.canStep(step)) {
      return;
    }
    try {
      twin.step();
    } catch (Crash e) {
      kill(twin);
    }
  }

  private void kill(SimTwin twin) {
    trace(() -> twin + " dies");
    twins.remove(twin);
    group.evict(twin.consumer());
  }

  /** Simulates an input or output of a twin. */
  void io(SimTwin twin, String what) {
    trace(() -> twin + ": " + what);
    while (depth < DEPTH && happens(Chance.OTHERS_GO_FIRST)) {
      depth++;
      for (int i = below(15); i > 0; i--) {
        act();
      }
      depth--;
    }
    if (happens(Chance.FAILURE)) {
      trace(() -> twin + ": fails");
      throw new SimFault(what);
    }
    if (happens(Chance.CRASH)) {
      throw new Crash();
    }
  }

  boolean happens(Chance chance) {
    return !isPeaceful && random.nextInt(1000) < chance.perMille();
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  UUID id() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  void trace(Supplier<String> line) {
    if (isTraced) {
      System.err.println(step + " ".repeat(depth + 1) + line.get());
    }
  }

  ManualClock clock() {
    return clock;
  }

  SimTopic topic() {
    return topic;
  }

  SimTable table() {
    return table;
  }

  SimFiles files() {
    return files;
  }

  SimGroup group() {
    return group;
  }
}
