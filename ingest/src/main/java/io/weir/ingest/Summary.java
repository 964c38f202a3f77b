package io.weir.ingest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.ingest.broker.Outcome;
import io.weir.ingest.event.EventWriter;
import io.weir.ingest.run.Totals;
import io.weir.ingest.run.Totals.Skipped;
import io.weir.process.terminal.Terminal;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The result for all files or for a topic, for people or for scripts.
 *
 * @param what was read, for people
 * @param outcome the stream application's counters of these events, if it was queried
 */
record Summary(
    String what,
    Totals totals,
    long shortened,
    double seconds,
    Optional<Outcome> outcome,
    boolean isInterrupted) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN_TYPES = 12;
  private static final int SHOWN_NOTES = 5;

  /** The words for files. */
  static String files(Totals totals) {
    return String.format(
        Locale.ROOT,
        "%,d file%s, %,d bytes",
        totals.files(),
        totals.files() == 1 ? "" : "s",
        totals.bytes());
  }

  /** Prints the result for people. A value of a skipped record appears only on their terminal. */
  void print(Terminal terminal) {
    PrintStream out = terminal.out();
    double rate = totals.sentEvents() / Math.max(0.001, seconds);
    out.printf(
        Locale.ROOT,
        "%s%s, %.1f s%n",
        isInterrupted ? "interrupted, the next run continues from here: " : "",
        what,
        seconds);
    out.printf(Locale.ROOT, "  read      %,d records%n", totals.records());
    out.printf(Locale.ROOT, "  sent      %,d events, %,.0f/s%n", totals.sentEvents(), rate);
    skipped(terminal);
    known(out);
    if (shortened > 0) {
      out.printf(
          Locale.ROOT, "  shortened %,d texts or lists to the contract's limits%n", shortened);
    }
    if (totals.firstTime().isPresent()) {
      span(out);
      types(out);
    }
    outcome.ifPresent(each -> out.println("  stream-app: " + each));
  }

  private void skipped(Terminal terminal) {
    PrintStream out = terminal.out();
    out.printf(Locale.ROOT, "  skipped   %,d%n", totals.skippedRecords());
    totals
        .skipped()
        .forEach((reason, skipped) ->
            out.printf(
                Locale.ROOT,
                "    %,d %s; first: %s%n",
                skipped.count(),
                reason,
                terminal.isInteractive() ? skipped.example() : skipped.first()));
  }

  private void known(PrintStream out) {
    if (totals.knownRecords() > 0) {
      out.printf(
          Locale.ROOT,
          "  known     %,d records were sent by an earlier run%n",
          totals.knownRecords());
    }
    totals.notes().stream().limit(SHOWN_NOTES).forEach(note -> out.println("  known     " + note));
    if (totals.knownFiles() > SHOWN_NOTES) {
      out.println("  known     … and " + (totals.knownFiles() - SHOWN_NOTES) + " more files");
    }
    if (totals.knownFiles() > 0) {
      out.println("            (--again sends such files once more, with the same event ids)");
    }
  }

  private void span(PrintStream out) {
    out.println(
        "  time      "
            + EventWriter.shown(totals.firstTime().orElse(0L))
            + " to "
            + EventWriter.shown(totals.lastTime().orElse(0L)));
    out.printf(
        Locale.ROOT,
        "  visitors  %s%,d%n",
        totals.hasMoreVisitors() ? "more than " : "",
        totals.visitors());
  }

  private void types(PrintStream out) {
    var text = new StringBuilder();
    totals.types().entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(SHOWN_TYPES)
        .forEach(type ->
            text.append(text.isEmpty() ? "" : ", ")
                .append(type.getKey())
                .append(' ')
                .append(String.format(Locale.ROOT, "%,d", type.getValue())));
    int more = totals.types().size() - SHOWN_TYPES;
    out.println("  types     " + text + (more > 0 ? " and " + more + " more types" : ""));
  }

  String json() {
    ObjectNode node = JSON.createObjectNode();
    node.put("files", totals.files()).put("files_known", totals.knownFiles());
    node.put("bytes", totals.bytes()).put("records", totals.records());
    node.put("sent", totals.sentEvents()).put("known", totals.knownRecords());
    node.put("skipped", totals.skippedRecords());
    ObjectNode reasons = node.putObject("skipped_by_reason");
    for (Map.Entry<?, Skipped> each : totals.skipped().entrySet()) {
      reasons
          .putObject(String.valueOf(each.getKey()))
          .put("count", each.getValue().count())
          .put("first", each.getValue().first());
    }
    node.put("shortened", shortened);
    totals.firstTime().ifPresent(time -> node.put("first_time", EventWriter.shown(time)));
    totals.lastTime().ifPresent(time -> node.put("last_time", EventWriter.shown(time)));
    node.put("visitors", totals.visitors()).put("visitors_exact", !totals.hasMoreVisitors());
    node.set("types", JSON.valueToTree(totals.types()));
    node.put("seconds", Math.round(seconds * 1000) / 1000.0).put("interrupted", isInterrupted);
    outcome.ifPresent(each ->
        node.putObject("stream")
            .put("accepted", each.accepted())
            .put("duplicate", each.duplicate())
            .put("rejected", each.rejected())
            .put("late", each.late())
            .put("sessions", each.sessions())
            .put("settled", each.isSettled()));
    return node.toString();
  }
}
