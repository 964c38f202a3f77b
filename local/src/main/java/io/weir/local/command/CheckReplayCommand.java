package io.weir.local.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.local.compare.Comparison;
import io.weir.local.compare.CsvTable;
import io.weir.local.compare.CsvTable.MalformedTableException;
import io.weir.local.compare.Difference;
import io.weir.local.compare.ExpectedSessions;
import io.weir.local.platform.TextFile;
import io.weir.local.terminal.Display;
import io.weir.process.StartupException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Replays recorded events through a real broker and stream-app and compares the sessions. */
@Command(
    name = "check-replay",
    description = "Replays EVENTS through a stream-app and compares its sessions with EXPECTED.",
    footer = {
      "Exit code 0 if they are equal, 1 if not.",
      "Starts a broker and a stream-app of its own; a running demo is not touched."
    })
public final class CheckReplayCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN = 20;
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      index = "0",
      paramLabel = "EVENTS",
      description = "Raw events, one JSON object per line; may be .gz.")
  private Path events = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "EXPECTED",
      description = {
        "CSV with a header; may be .gz. Columns: user_id, start_ms or start_time, end_ms or",
        "end_time, events; others of a session are compared when present."
      })
  private Path expected = Path.of("");

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException, JsonProcessingException {
    ExpectedSessions wanted = expectedSessions();
    TextFile.requireReadable(events);
    Display display = new Display(json ? System.err : System.out, false);
    Replay.Result result =
        Replay.of(events.toAbsolutePath(), common.checkout(), common.home(), display);
    Comparison comparison = Comparison.of(wanted.rows(), result.sessions());
    if (json) {
      System.out.println(document(result, wanted, comparison));
    } else {
      print(System.out, result, wanted, comparison);
    }
    return comparison.isEqual() ? 0 : 1;
  }

  private ExpectedSessions expectedSessions() {
    try {
      return ExpectedSessions.from(CsvTable.parse(TextFile.read(expected)));
    } catch (MalformedTableException e) {
      throw new StartupException(expected + ": " + e.getMessage(), e);
    }
  }

  private static void print(
      PrintStream out, Replay.Result result, ExpectedSessions wanted, Comparison comparison) {
    out.println(result.status());
    out.println("expected " + comparison.expected() + " sessions, found " + comparison.found());
    out.println("compared: visitor, start, end, " + String.join(", ", sorted(wanted)));
    if (!wanted.ignored().isEmpty()) {
      out.println("not compared, because a session has no such value: " + ignored(wanted));
    }
    List<Difference> differences = comparison.differences();
    differences.stream().limit(SHOWN).forEach(out::println);
    if (differences.size() > SHOWN) {
      out.println("… and " + (differences.size() - SHOWN) + " more");
    }
    out.println(comparison.isEqual() ? "equal" : differences.size() + " differences");
  }

  private static String ignored(ExpectedSessions wanted) {
    return wanted.ignored().stream().sorted().collect(Collectors.joining(", "));
  }

  private static List<String> sorted(ExpectedSessions wanted) {
    return wanted.compared().stream().sorted().toList();
  }

  private static String document(
      Replay.Result result, ExpectedSessions wanted, Comparison comparison)
      throws JsonProcessingException {
    ObjectNode node = JSON.createObjectNode();
    node.put("equal", comparison.isEqual());
    node.put("expected", comparison.expected()).put("found", comparison.found());
    node.set("stream", JSON.valueToTree(result.status()));
    ArrayNode compared = node.putArray("compared");
    sorted(wanted).forEach(compared::add);
    ArrayNode ignored = node.putArray("not_compared");
    wanted.ignored().stream().sorted().forEach(ignored::add);
    node.put("differences", comparison.differences().size());
    ArrayNode first = node.putArray("first_differences");
    comparison.differences().stream().limit(SHOWN).forEach(d -> first.add(d.toString()));
    return JSON.writeValueAsString(node);
  }
}
