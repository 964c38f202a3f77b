package io.weir.local.drill;

import java.util.Locale;

/**
 * The result of a fault.
 *
 * @param second when it began, in seconds since the first event
 * @param millis from the end of the fault (for a kill: from the kill) to an answer of "ready"
 * @param note what was seen meanwhile
 */
public record FaultOutcome(DrillPlan.Planned fault, double second, long millis, String note) {

  /** A row of the report. */
  String row(int number) {
    return String.format(
        Locale.ROOT,
        "| %d | %.1f | %s | %s | %.1f | %s |",
        number,
        second,
        fault.kind().word(),
        fault.target().title(),
        millis / 1000.0,
        note);
  }
}
