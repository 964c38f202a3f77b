package io.weir.local.drill;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The page of an upgrade drill, in Markdown. */
public final class UpgradeReport {
  private static final double PERCENT = 100;

  private final String call;
  private final UpgradeDrill.Result result;

  /** A report; {@code call} is the command that repeats the drill. */
  public UpgradeReport(String call, UpgradeDrill.Result result) {
    this.call = call;
    this.result = result;
  }

  /** The whole page. */
  public List<String> lines(Instant date) {
    Machine here = Machine.here();
    var lines = new ArrayList<String>();
    List<String> missed = result.missed();
    lines.add("# Upgrade: " + (missed.isEmpty() ? "every floor is held" : "FLOORS MISSED"));
    lines.add("");
    lines.add("- Command: `" + call + "`");
    lines.add("- Date: " + date.truncatedTo(ChronoUnit.SECONDS));
    lines.add("- Machine: " + here.machine());
    lines.add("- Versions: " + here.versions());
    result.steps().forEach(step -> lines.add("- " + step));
    lines.add("");
    lines.add("| figure | value | floor |");
    lines.add("| --- | --- | --- |");
    lines.addAll(figures(result.figures()));
    Verdict verdict = result.verdict();
    lines.add(
        "| events missing, twice | "
            + verdict.missing()
            + ", "
            + verdict.duplicated()
            + " | 0, 0 |");
    lines.add(
        "| problems of sessions, gold, audit, reconcile | " + verdict.problems().size() + " | 0 |");
    lines.add("");
    verdict.figures().forEach(figure -> lines.add("- " + figure));
    verdict.problems().forEach(problem -> lines.add("- DIFFERS: " + problem));
    missed.forEach(floor -> lines.add("- MISSED: " + floor));
    return lines;
  }

  private List<String> figures(Questions.Figures figures) {
    return List.of(
        row("answered within 2 s, %", "%.3f", figures.share() * PERCENT, "99.9"),
        row("answered", "%.0f", (double) figures.answered(), ""),
        row("refused with 503 and Retry-After", "%.0f", (double) figures.refused(), "the rest"),
        row("sent again after a broken connection", "%.0f", (double) figures.again(), ""),
        "| failed otherwise | " + figures.failed() + " " + figures.failures() + " | 0 |",
        row("p50, ms", "%.0f", figures.p50(), ""),
        row("p99, ms", "%.0f", figures.p99(), ""),
        row("longest, ms", "%.0f", figures.longest(), ""),
        row("longest lag, s", "%.1f", result.mostLag(), "15"));
  }

  private static String row(String name, String format, double value, String floor) {
    return String.format(Locale.ROOT, "| %s | " + format + " | %s |", name, value, floor);
  }
}
