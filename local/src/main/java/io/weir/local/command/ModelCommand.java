package io.weir.local.command;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Service;
import io.weir.local.platform.TrainingProgram;
import io.weir.local.process.ChildProcess;
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

/** A command of ml-training about models that were trained, aimed at the running demo. */
@Command
public final class ModelCommand implements Callable<Integer> {
  private final String name;

  @Mixin private CommonOptions common = new CommonOptions();
  @Unmatched private List<String> arguments = new ArrayList<>();

  private ModelCommand(String name) {
    this.name = name;
  }

  /** The command lines by name, each made when it is needed. */
  public static Map<String, Supplier<CommandLine>> all() {
    var all = new LinkedHashMap<String, Supplier<CommandLine>>();
    all.put(
        "drift",
        () ->
            line(
                "drift",
                "Compares what models have scored with their training, scores with outcomes, and a"
                    + " challenger with the champion.",
                "drift",
                "drift --from 30d"));
    all.put(
        "explain",
        () ->
            line(
                "explain",
                "Computes a stored score again, bit for bit, and says what moved it.",
                "explain 5f0c2a9be1d64c03",
                "explain 5f0c2a9be1d64c03 --all"));
    all.put(
        "rescore",
        () ->
            line(
                "rescore",
                "Scores sessions of the past with a chosen model, into gold.rescores.",
                "rescore --model starter-demo-4 --from 30d",
                "rescore --model 20261130T021500Z-3fa2c1 --from 2026-11-01 --to 2026-11-08"));
    return all;
  }

  private static CommandLine line(String name, String description, String... examples) {
    var line = new CommandLine(new ModelCommand(name));
    line.getCommandSpec().name(name);
    UsageMessageSpec usage = line.getCommandSpec().usageMessage();
    var footer = new ArrayList<>(List.of("Examples:"));
    for (String example : examples) {
      footer.add("  ./weir " + example);
    }
    usage.description(description).footer(footer.toArray(String[]::new));
    return line.setUnmatchedArgumentsAllowed(true);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      var program = new TrainingProgram(common.checkout(), common.home());
      return ChildProcess.runHere(program.spec(List.of(name, "--help"), Map.of()));
    }
    Catalogue catalogue = common.running(Service.POSTGRES);
    var all = new ArrayList<>(List.of(name));
    all.addAll(arguments);
    if (arguments.stream().noneMatch(each -> each.startsWith("--models"))) {
      all.add("--models=" + catalogue.home().model());
    }
    var program = new TrainingProgram(catalogue.checkout(), catalogue.home());
    return ChildProcess.runHere(program.spec(all, catalogue.clientSettings()));
  }
}
