package io.weir.ingest;

import io.weir.ingest.run.Stop;
import io.weir.process.Settings;
import java.io.PrintStream;
import java.time.Clock;

/** The parts of its process that the command uses. */
record Surroundings(
    Settings settings,
    Clock clock,
    Stop stop,
    PrintStream out,
    PrintStream err,
    boolean isTerminal) {}
