package io.weir.tools.export;

import io.weir.process.Stop;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;

/** Exports again and again, until it is stopped. */
final class WatchedExport {

  /** One export; {@code mayReplace} is whether it may replace files that were there before. */
  @FunctionalInterface
  interface Pass {
    void run(boolean mayReplace) throws SQLException, IOException;
  }

  private final Pass pass;
  private final Duration interval;
  private final PrintWriter problems;

  WatchedExport(Pass pass, Duration interval, PrintWriter problems) {
    this.pass = pass;
    this.interval = interval;
    this.problems = problems;
  }

  /**
   * Runs passes. The first one decides whether the command is usable; a later one that fails leaves
   * the files as they are and is tried again.
   */
  void run(boolean mayReplace, Stop stop) throws SQLException, IOException {
    pass.run(mayReplace);
    stop.pause(interval.toMillis());
    while (!stop.isRequested()) {
      try {
        pass.run(true);
      } catch (SQLException | IOException | RuntimeException e) {
        // The catalog of the lake says with a RuntimeException that PostgreSQL is away.
        problems.println("the export failed, the files stay as they are: " + e.getMessage());
        problems.flush();
      }
      stop.pause(interval.toMillis());
    }
  }
}
