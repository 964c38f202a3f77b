package io.weir.ingest;

import io.weir.ingest.run.Stop;
import io.weir.process.Settings;
import java.io.PrintStream;
import java.time.Clock;

/** What the command takes from the process it runs in. */
record Surroundings(
    Settings settings,
    Clock clock,
    Stop stop,
    PrintStream out,
    PrintStream err,
    boolean isTerminal) {}
