package io.weir.tools.erase;

import io.weir.contract.Topic;
import io.weir.tools.settings.ToolSettings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Prints what was searched, erased and checked, and what Weir cannot reach. */
final class Certificate {
  private final ToolSettings settings;
  private final Forget.Asked asked;
  private final ErasureSubject target;
  private final Instant now;
  private final KafkaCopies copies;

  Certificate(
      ToolSettings settings,
      Forget.Asked asked,
      ErasureSubject target,
      Instant now,
      KafkaCopies copies) {
    this.settings = settings;
    this.asked = asked;
    this.target = target;
    this.now = now;
    this.copies = copies;
  }

  void print(Forget.Done done, List<String> sums, PrintWriter out) {
    out.println("Certificate of erasure, " + now);
    head(out);
    String sent = settings.topics().erasures().name();
    out.println("sent to " + sent + ": " + target.ids().size() + " ids, for stream-app to forget");
    tables(done, out);
    sums.forEach(out::println);
    done.checks().forEach(check -> check(check, out));
    done.left().forEach((table, rows) -> out.println("checked " + table + ": " + rows + " rows"));
    limits(out);
    backlog(done, out);
    out.println(
        done.isClean()
            ? "result: erased, nothing found"
            : "result: NOT ERASED, see what was found above; records may still have been on their"
                + " way: repeat after WEIR_SINK_ROLL_INTERVAL");
    out.flush();
  }

  void printPlan(Forget.Done done, PrintWriter out) {
    out.println("What would be erased, " + now);
    head(out);
    tables(done, out);
    out.flush();
  }

  private void head(PrintWriter out) {
    out.println("users asked for: " + text(asked.users().stream().sorted().toList()));
    out.println("visitors asked for: " + text(asked.visitors().stream().sorted().toList()));
    List<String> found =
        target.ids().stream()
            .filter(id -> !asked.users().contains(id) && !asked.visitors().contains(id))
            .sorted()
            .toList();
    out.println("found to be visitors of the users: " + text(found));
    out.println("sessions they had: " + target.sessions().size());
  }

  private static void tables(Forget.Done done, PrintWriter out) {
    for (TableErasure.Result each : done.tables()) {
      out.println(
          each.table()
              + ": "
              + each.searched()
              + " files searched, "
              + each.rewritten()
              + " written anew, "
              + each.rows()
              + " rows erased, "
              + each.snapshots()
              + " snapshots expired");
    }
    done.gold().forEach((table, rows) -> out.println(table + ": " + rows + " rows deleted"));
  }

  private static void check(FileCheck.Result check, PrintWriter out) {
    out.println(
        "checked "
            + check.table()
            + ": "
            + check.decoded()
            + " files and manifests decoded, "
            + check.files()
            + " files, "
            + check.bytes()
            + " bytes searched, "
            + check.unfinished()
            + " unfinished: "
            + (check.findings().isEmpty() ? "nothing found" : "FOUND"));
    check.findings().forEach(finding -> out.println("  " + finding));
  }

  private static void backlog(Forget.Done done, PrintWriter out) {
    if (!done.unread().isEmpty()) {
      out.println(
          "not read yet, so it may bring somebody back, in offsets of the topic: repeat once read");
      done.unread().forEach((table, offsets) -> out.println("  " + table + ": " + offsets));
    }
  }

  private void limits(PrintWriter out) {
    List<String> small =
        target.ids().stream()
            .filter(id -> id.getBytes(StandardCharsets.UTF_8).length < Needles.LONG)
            .sorted()
            .toList();
    if (!small.isEmpty()) {
      out.println(
          "shorter than "
              + Needles.LONG
              + " bytes, so looked for as whole values only and not in plain bytes: "
              + text(small));
    }
    copies(out);
    // A rebuild whose topics are gone may have left its schema.
    out.println(
        "not reached: raw topics of other names, what was made of them, and schemas gold_NAME;"
            + " remove those of rebuilds");
    if (!copies.others().isEmpty()) {
      out.println("raw topics of other names: " + text(copies.others()));
    }
    out.println("not reached: backups, exports, copies made by other programs");
  }

  private void copies(PrintWriter out) {
    Duration retention = settings.raw().retention();
    String topics =
        settings.topics().all().stream()
            .filter(topic -> topic.retention().equals(retention))
            .map(Topic::name)
            .collect(Collectors.joining(", "));
    out.println(
        "Kafka keeps what it has until "
            + now.plus(retention)
            + " by the setting WEIR_TOPIC_RETENTION: "
            + topics);
    out.println(
        "Compacted topics keep what was replaced or deleted, from the next record of its partition"
            + " on:");
    copies.lines().forEach(line -> out.println("  " + line));
    out.println(
        "State folders of stream-app (WEIR_STREAM_STATE_DIR, standbys too) keep what was deleted"
            + " until files are merged, "
            + Topic.LONGEST_UNCOMPACTED.toHours()
            + " h at most while the instance runs: remove folders of instances that do not run");
  }

  private static String text(List<String> ids) {
    return ids.isEmpty() ? "none" : String.join(", ", ids);
  }
}
