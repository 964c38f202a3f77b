package io.weir.process;

import io.weir.process.terminal.Terminal;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * The things that a command takes from its process, so that a test can pass others.
 *
 * @param nanos a clock that measures lengths of time, as {@link System#nanoTime}
 */
public record Surroundings(
    Settings settings, Clock clock, LongSupplier nanos, Stop stop, Terminal terminal) {

  /** The surroundings of this process; fails when its settings cannot be read. */
  public static Surroundings ofProcess(Stop stop) {
    return new Surroundings(
        Settings.ofProcess(), Clock.systemUTC(), System::nanoTime, stop, Terminal.ofProcess());
  }
}
