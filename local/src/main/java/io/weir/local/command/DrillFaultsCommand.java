package io.weir.local.command;

import io.weir.local.drill.DrillPlan;
import io.weir.local.drill.DrillTraffic;
import io.weir.local.drill.FaultDrill;
import io.weir.local.drill.FaultKind;
import io.weir.local.drill.FaultReport;
import io.weir.local.drill.Stage;
import io.weir.local.terminal.Display;
import io.weir.process.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The fault campaign. */
@Command(
    name = "faults",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Kills, freezes, fills and cuts while events flow, then compares everything with the truth."
    },
    footer = {
      "Exit code 0 if nothing is missing, twice or different; 1 if something is, or a process did",
      "not come back; 2 for wrong usage or a machine that lacks something.",
      "Starts all processes itself, at free ports and in a folder of its own; a running demo is",
      "not touched. The folder is deleted after exit code 0; in any other end a line names it."
    })
final class DrillFaultsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--events",
      description = "Events in all (default: ${DEFAULT-VALUE}).",
      defaultValue = "200000")
  private long events;

  @Option(
      names = "--rate",
      description = "Events a second (default: ${DEFAULT-VALUE}).",
      defaultValue = "2500")
  private double rate;

  @Option(
      names = "--kills",
      description = "SIGKILLs in all (default: ${DEFAULT-VALUE}).",
      defaultValue = "10")
  private int kills;

  @Option(
      names = "--seed",
      description = "Of the plan and of the events (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private long seed;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "KIND",
      description = "Only these: kill, twin, disk, slow, cut (default: all).")
  private @Nullable Set<FaultKind> only;

  @Option(names = "--out", paramLabel = "FILE", description = "Writes the page of results here.")
  private @Nullable Path out;

  @Option(names = "--plan", description = "Prints the plan and does nothing.")
  private boolean isPlanOnly;

  @Override
  public Integer call() throws InterruptedException, IOException, SQLException {
    if (events < 1_000 || !(rate >= 1) || kills < 0) {
      throw new ParameterException(
          spec.commandLine(), "--events from 1000, --rate from 1, --kills from 0");
    }
    Set<FaultKind> kinds = only == null ? EnumSet.allOf(FaultKind.class) : only;
    var plan = DrillPlan.of(seed, kills, kinds);
    var traffic = new DrillTraffic(events, rate, seed);
    if (isPlanOnly) {
      plan.faults().forEach(System.out::println);
      return 0;
    }
    FaultDrill.Result result = run(plan, traffic);
    List<String> page = new FaultReport(repeated(kinds), result).lines(Instant.now());
    if (out != null) {
      Files.write(out, page);
    }
    page.forEach(System.out::println);
    return result.isGood() ? 0 : 1;
  }

  private FaultDrill.Result run(DrillPlan plan, DrillTraffic traffic)
      throws InterruptedException, IOException, SQLException {
    var display = new Display(System.err, false);
    try (var folder = DrillFolder.in(common.home(), display)) {
      var stage = new Stage(common.checkout(), folder.home());
      var drill = new FaultDrill(plan, traffic, stage, display::line);
      Runnable end = () -> folder.closeAfter(() -> release(drill));
      try (var _ = OrderlyStop.of(drill.platform(), display, end)) {
        FaultDrill.Result result = drill.run();
        if (result.isGood()) {
          folder.succeed();
        }
        return result;
      }
    }
  }

  private static void release(FaultDrill drill) {
    try {
      drill.release();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted", e);
    }
  }

  private String repeated(Set<FaultKind> kinds) {
    String line =
        "./weir drill faults --events "
            + events
            + " --rate "
            + Math.round(rate)
            + " --kills "
            + kills
            + " --seed "
            + seed;
    return kinds.size() == FaultKind.values().length
        ? line
        : line + " --only " + String.join(",", kinds.stream().map(FaultKind::word).toList());
  }
}
