package io.weir.simulator;

import io.weir.process.Settings;
import io.weir.simulator.publish.Stop;
import java.time.Clock;
import java.util.function.LongSupplier;

/** The parts of its process that a command uses. */
record Surroundings(Settings settings, Clock clock, LongSupplier nanos, Stop stop) {}
