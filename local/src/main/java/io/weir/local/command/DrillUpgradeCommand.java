package io.weir.local.command;

import io.weir.local.drill.DrillTraffic;
import io.weir.local.drill.Stage;
import io.weir.local.drill.UpgradeDrill;
import io.weir.local.drill.UpgradeReport;
import io.weir.local.platform.Checkout;
import io.weir.local.terminal.Display;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The rolling upgrade. */
@Command(
    name = "upgrade",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Replaces two instances of stream-app in turn while events flow and questions are asked.",
      "With three brokers the one that leads a partition of raw events dies after that."
    },
    footer = {
      "Exit code 0 if 99.9 %% of the questions were answered within two seconds and the others with",
      "503 and Retry-After, the lag stayed below 15 s and all results equal the truth; 1 if not;",
      "2 for wrong usage or a machine that lacks something. A running demo is not touched."
    })
final class DrillUpgradeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--from",
      paramLabel = "FOLDER",
      description = "A built checkout of the version that runs before (default: this one).")
  private @Nullable Path from;

  @Option(names = "--kill", description = "SIGKILL instead of an orderly stop.")
  private boolean isKill;

  @Option(
      names = "--brokers",
      description = "1 or 3 (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private int brokers;

  @Option(
      names = "--seconds",
      description = "How long events flow, the warm-up included (default: ${DEFAULT-VALUE}).",
      defaultValue = "180")
  private int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "<seconds>",
      description = {
        "How long they flow before the first instance is replaced",
        "(default: ${DEFAULT-VALUE}). This time does not count."
      },
      defaultValue = "60")
  private int warmUp;

  @Option(
      names = "--rate",
      description = "Events a second (default: ${DEFAULT-VALUE}).",
      defaultValue = "500")
  private double rate;

  @Option(
      names = "--questions",
      description = "Questions a second (default: ${DEFAULT-VALUE}).",
      defaultValue = "50")
  private double questions;

  @Option(
      names = "--seed",
      description = "Of the events (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private long seed;

  @Option(names = "--out", paramLabel = "FILE", description = "Writes the page of results here.")
  private @Nullable Path out;

  @Override
  public Integer call() throws InterruptedException, IOException, SQLException {
    if (warmUp < 0 || seconds < warmUp + 30 || !(rate >= 50) || !(questions >= 1)) {
      throw new ParameterException(
          spec.commandLine(),
          "--seconds from 30 more than --warm-up, --rate from 50, --questions from 1");
    }
    if (brokers != 1 && brokers != 3) {
      throw new ParameterException(spec.commandLine(), "--brokers 1 or 3");
    }
    var traffic = new DrillTraffic(Math.round(seconds * rate), rate, seed);
    Checkout old = from == null ? common.checkout() : new Checkout(from);
    var options =
        new UpgradeDrill.Options(traffic, Duration.ofSeconds(warmUp), questions, old, isKill);
    UpgradeDrill.Result result = run(options);
    List<String> page = new UpgradeReport(repeated(), result).lines(Instant.now());
    if (out != null) {
      Files.write(out, page);
    }
    page.forEach(System.out::println);
    return result.missed().isEmpty() ? 0 : 1;
  }

  private UpgradeDrill.Result run(UpgradeDrill.Options options)
      throws InterruptedException, IOException, SQLException {
    var display = new Display(System.err, false);
    try (var folder = DrillFolder.in(common.home(), display)) {
      var stage = new Stage(common.checkout(), folder.home(), brokers);
      var drill = new UpgradeDrill(options, stage, display::line);
      Runnable end = () -> folder.closeAfter(drill::release);
      try (var _ = OrderlyStop.of(drill.platform(), display, end)) {
        UpgradeDrill.Result result = drill.run();
        if (result.missed().isEmpty()) {
          folder.succeed();
        }
        return result;
      }
    }
  }

  private String repeated() {
    return "./weir drill upgrade --seconds "
        + seconds
        + " --warm-up "
        + warmUp
        + " --rate "
        + Math.round(rate)
        + " --questions "
        + Math.round(questions)
        + " --seed "
        + seed
        + (brokers == 1 ? "" : " --brokers " + brokers)
        + (isKill ? " --kill" : "")
        + (from == null ? "" : " --from …");
  }
}
