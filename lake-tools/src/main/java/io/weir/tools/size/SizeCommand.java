package io.weir.tools.size;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code size}: how large a deployment must be for some traffic. */
@Command(
    name = "size",
    description = {
      "Says how many partitions, instances, cores and how much memory and disk some traffic needs.",
      "It asks no service. docs/sizing.md has the measured figures behind it, and their limits."
    },
    footer = {"", "Example: size --events-per-second 2000 --visitors 1500000 --silver-days 730"})
public final class SizeCommand implements Callable<Integer> {
  private static final String ROW = "%-12s %9s %8s %10s %10s%n";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--events-per-second",
      required = true,
      paramLabel = "N",
      description = "the mean of a day")
  private double events;

  @Option(
      names = "--visitors",
      required = true,
      paramLabel = "N",
      description = "different visitors of a day")
  private double visitors;

  @Option(
      names = "--lifetime-visitors",
      paramLabel = "N",
      description = "different visitors of 400 days; default: 60 times those of a day")
  private @Nullable Double lifetimeVisitors;

  @Option(
      names = "--peak",
      paramLabel = "TIMES",
      description = "the busiest minutes against the mean; default: ${DEFAULT-VALUE}")
  private double peak = 3;

  @Option(
      names = "--events-per-session",
      paramLabel = "N",
      description = "the mean; default: ${DEFAULT-VALUE}")
  private double eventsPerSession = 10;

  @Option(
      names = "--kafka-days",
      paramLabel = "DAYS",
      description = "records stay so long in Kafka; default: ${DEFAULT-VALUE}")
  private double kafkaDays = 7;

  @Option(
      names = "--replication",
      paramLabel = "N",
      description = "copies in Kafka; default: ${DEFAULT-VALUE}")
  private int replication = 3;

  @Option(
      names = "--bronze-days",
      paramLabel = "DAYS",
      description = "raw records stay so long in the lake; default: ${DEFAULT-VALUE}")
  private double bronzeDays = 90;

  @Option(
      names = "--silver-days",
      paramLabel = "DAYS",
      description = "the same for events and sessions; default: ${DEFAULT-VALUE}")
  private double silverDays = 400;

  @Option(
      names = "--gold-days",
      paramLabel = "DAYS",
      description = "rows of sessions in PostgreSQL; default: ${DEFAULT-VALUE}")
  private double goldDays = 400;

  @Override
  public Integer call() {
    try {
      print(new Sizing(traffic(), retention()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    return 0;
  }

  private Inflow traffic() {
    double lifetime = lifetimeVisitors == null ? 60 * visitors : lifetimeVisitors;
    return new Inflow(events, peak, eventsPerSession, visitors, lifetime);
  }

  private Retention retention() {
    return new Retention(kafkaDays, replication, bronzeDays, silverDays, goldDays);
  }

  private void print(Sizing sizing) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "WEIR_TOPIC_PARTITIONS=%d%n%n", sizing.partitions());
    out.printf(Locale.ROOT, ROW, "", "instances", "cores", "memory", "disk");
    for (Need need : sizing.needs()) {
      out.printf(
          Locale.ROOT,
          ROW,
          need.part(),
          need.instances() == 0 ? "-" : need.instances(),
          need.cores() == 0 ? "-" : String.format(Locale.ROOT, "%.1f", need.cores()),
          megabytes(need.memory()),
          megabytes(need.disk()));
    }
    out.flush();
  }

  /** With a unit in which it has at most four digits. */
  static String megabytes(double value) {
    if (value == 0) {
      return "-";
    }
    if (value < 10_000) {
      return String.format(Locale.ROOT, "%.0f MB", value);
    }
    return value < 10_000_000
        ? String.format(Locale.ROOT, "%.0f GB", value / 1_000)
        : String.format(Locale.ROOT, "%.0f TB", value / 1_000_000);
  }
}
