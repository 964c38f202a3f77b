package io.weir.local.command;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Unmatched;

/** A command of lake-tools, or lake-sink's own {@code maintain}, aimed at the running demo. */
@Command
public final class LakeCommand implements Callable<Integer> {
  private static final String RECONCILE = "reconcile";

  private final String name;

  @Mixin private CommonOptions common = new CommonOptions();
  @Unmatched private List<String> arguments = new ArrayList<>();

  private LakeCommand(String name) {
    this.name = name;
  }

  /** The command lines by name, each made when it is needed. */
  public static Map<String, Supplier<CommandLine>> all() {
    var all = new LinkedHashMap<String, Supplier<CommandLine>>();
    look().forEach(each -> all.put(each.name(), each::line));
    health().forEach(each -> all.put(each.name(), each::line));
    business().forEach(each -> all.put(each.name(), each::line));
    data().forEach(each -> all.put(each.name(), each::line));
    return all;
  }

  private static List<Described> look() {
    return List.of(
        described(
            "doctor",
            "Looks at the running demo from outside and says what is wrong and what to do.",
            "doctor",
            "doctor --json"));
  }

  private static List<Described> health() {
    return List.of(
        described(
            "rejected",
            "Lists, shows and replays records that the demo rejected: list, show or replay.",
            "rejected list --since 1h",
            "rejected show 3:1042",
            "rejected replay --reason wrong_type --cast value=number --dry-run",
            "rejected replay --help"),
        described(
            "audit",
            "Proves that the lake has each raw record once; code 1 and the offsets if not.",
            "audit",
            "audit --settle 60"),
        described(
            RECONCILE,
            "Proves that gold has the figures of an independent SQL over silver; code 1 if not.",
            "reconcile",
            "reconcile --from 7d --wait 2m"),
        described(
            "why",
            "Lists the sessions behind a change of a number: cause, time, by how much.",
            "why purchases 2026-03-01T12:15 --since 2h",
            "why revenue 2026-03-01 --format csv"),
        described(
            "maintain",
            "Packs files, merges deletes, expires snapshots, removes orphans now.",
            "maintain --dry-run",
            "maintain --table silver.events"));
  }

  private static List<Described> business() {
    return List.of(
        described(
            "gold",
            "Builds gold's sums anew from the lake, compares them, and switches to them.",
            "gold rebuild anew",
            "gold compare anew --from 7d",
            "gold drop anew --yes"),
        described(
            "alert",
            "Rehearses a rule of alerts over the history in gold, or runs all rules live.",
            "alert test few_orders --since 30d --file alerts.json",
            "alert run --file alerts.json"));
  }

  private static List<Described> data() {
    return List.of(
        described(
            "replay",
            "Sends raw records of the lake to a topic again.",
            "replay --from 2h --to 0s --topic rebuild.raw --dry-run",
            "replay --from 2026-03-01 --to 2026-03-02 --filter event_type=purchase --topic x"),
        described(
            "funnel",
            "Counts the visitors that took steps in order within a window, by segment.",
            "funnel",
            "funnel page_view:/landing* add_to_cart purchase --window 24h --by device"),
        described(
            "export",
            "Writes gold, sessions and scores as CSV, Parquet or one DuckDB database.",
            "export --format duckdb --out weir.duckdb",
            "export --format csv --out export --table gold.session_metrics"),
        described(
            "forget",
            "Erases users and visitors from the lake, gold and state; prints a certificate.",
            "forget --user 6f1d7a52-0c1e-4a58 --dry-run",
            "forget --visitor 0198c0de-7a11-7abc 0198c0de-7a11-7abd"));
  }

  private static Described described(String name, String description, String... examples) {
    return new Described(name, description, List.of(examples));
  }

  private record Described(String name, String description, List<String> examples) {

    CommandLine line() {
      var line = new CommandLine(new LakeCommand(name));
      line.getCommandSpec().name(name);
      UsageMessageSpec usage = line.getCommandSpec().usageMessage();
      var footer = new ArrayList<>(List.of("Examples:"));
      examples.forEach(example -> footer.add("  ./weir " + example));
      usage.description(description).footer(footer.toArray(String[]::new));
      return line.setUnmatchedArgumentsAllowed(true);
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    Catalogue catalogue = common.running(Service.POSTGRES);
    var all = new ArrayList<>(List.of(name));
    all.addAll(arguments);
    if (name.equals(RECONCILE) && arguments.stream().noneMatch(LakeCommand::isUrl)) {
      all.add("--url=" + catalogue.address(Service.STREAM));
    }
    if (name.equals("doctor")) {
      List.of(Service.STREAM, Service.SINK, Service.SCORING)
          .forEach(each -> all.add("--url=" + catalogue.address(each)));
    }
    if (name.equals("gold") && startsStreamApp()) {
      all.add("--stream-app=" + catalogue.streamAppOf(arguments.get(1)));
    }
    return LakeProgram.run(catalogue, all);
  }

  /** Whether the command needs the stream-app of a rebuild, and nobody says how to start it. */
  private boolean startsStreamApp() {
    return arguments.size() > 1
        && arguments.getFirst().equals("rebuild")
        && arguments.get(1).matches("[a-z][a-z0-9_]*")
        && arguments.stream().noneMatch(each -> each.startsWith("--stream-app"));
  }

  private static boolean isUrl(String argument) {
    return argument.equals("--url") || argument.startsWith("--url=");
  }
}
