package io.weir.simulator;

import io.weir.process.Settings;
import io.weir.simulator.publish.Stop;
import java.time.Clock;
import java.util.function.LongSupplier;

/** What a command takes from the process it runs in. */
record Surroundings(Settings settings, Clock clock, LongSupplier nanos, Stop stop) {}
