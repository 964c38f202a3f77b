package io.weir.local.drill;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The page of a fault drill, in Markdown. */
public final class FaultReport {
  private static final double MILLIS = 1000;

  private final String call;
  private final FaultDrill.Result result;

  /** A report; {@code call} is the command that repeats the drill. */
  public FaultReport(String call, FaultDrill.Result result) {
    this.call = call;
    this.result = result;
  }

  /** The whole page. */
  public List<String> lines(Instant date) {
    var lines = new ArrayList<String>();
    lines.add("# Faults: " + (result.isGood() ? "nothing lost, nothing twice" : "DIFFERENCES"));
    lines.add("");
    head(date).forEach(lines::add);
    lines.add("");
    lines.add("## Verdict");
    lines.addAll(verdict());
    lines.add("");
    lines.add("## Time to recover");
    lines.add("From the kill, or from the end of another fault, to the answer \"ready\".");
    lines.add("");
    lines.add("| fault | service | times | median, s | longest, s |");
    lines.add("| --- | --- | --- | --- | --- |");
    lines.addAll(recoveries());
    lines.add("");
    lines.add("## Each fault");
    lines.add("| | at, s | fault | service | ready after, s | seen |");
    lines.add("| --- | --- | --- | --- | --- | --- |");
    for (int i = 0; i < result.outcomes().size(); i++) {
      lines.add(result.outcomes().get(i).row(i + 1));
    }
    return lines;
  }

  private List<String> head(Instant date) {
    Machine here = Machine.here();
    return List.of(
        "- Command: `" + call + "`",
        "- Date: " + date.truncatedTo(ChronoUnit.SECONDS),
        "- Machine: " + here.machine(),
        "- Versions: " + here.versions(),
        String.format(
            Locale.ROOT,
            "- Events flowed for %.0f s; all results were there and compared %.0f s later",
            result.flowSeconds(),
            result.settleSeconds()),
        "- Longest queue of raw records in front of stream-app: " + result.mostLag(),
        "- Ended by themselves meanwhile and started again: " + unasked());
  }

  /** Deaths that no fault asked for, each way with its number. */
  private String unasked() {
    var counts = new TreeMap<String, Integer>();
    result.unasked().forEach(each -> counts.merge(each, 1, Integer::sum));
    return counts.isEmpty()
        ? "none"
        : counts.entrySet().stream()
            .map(each -> each.getKey() + " (" + each.getValue() + ")")
            .collect(Collectors.joining(", "));
  }

  private List<String> verdict() {
    Verdict verdict = result.verdict();
    var lines = new ArrayList<String>();
    lines.add("- " + verdict.missing() + " events missing, " + verdict.duplicated() + " twice");
    verdict.figures().forEach(figure -> lines.add("- " + figure));
    if (verdict.problems().isEmpty()) {
      lines.add("- All are equal to the simulator's truth; `audit` and `reconcile` find nothing");
    }
    verdict.problems().forEach(problem -> lines.add("- DIFFERS: " + problem));
    return lines;
  }

  private List<String> recoveries() {
    return result.outcomes().stream()
        .collect(
            Collectors.groupingBy(
                each -> each.fault().kind().word() + " | " + each.fault().target().title(),
                TreeMap::new,
                Collectors.mapping(FaultOutcome::millis, Collectors.toList())))
        .entrySet()
        .stream()
        .map(each -> recovery(each.getKey(), each.getValue()))
        .toList();
  }

  private static String recovery(String what, List<Long> millis) {
    List<Long> sorted = millis.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.1f | %.1f |",
        what,
        sorted.size(),
        sorted.get(sorted.size() / 2) / MILLIS,
        sorted.getLast() / MILLIS);
  }
}
