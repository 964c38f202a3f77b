package io.weir.local.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a training on sessions, and those that all trainings have. */
final class SessionOptions {
  /** As many as ml-training takes. */
  private static final int MOST_CUTS = 20;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Sessions that began then or later: RFC 3339, a day, or how long ago: 30d.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Sessions that began before.")
  private @Nullable String to;

  @Option(
      names = "--snapshot",
      paramLabel = "ID",
      description = "An earlier state of silver.sessions, as a report names it.")
  private @Nullable Long snapshot;

  @Option(
      names = "--depth",
      paramLabel = "N",
      description = "Splits from a tree's root to its leaves (default 5; p_click 2).")
  private @Nullable Integer depth;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of the training (default: all processors).")
  private @Nullable Integer threads;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = {
        "p_convert (default): will a session convert; p_click: is an ad clicked;",
        "p_return_7d: does a visitor come back within 7 days."
      })
  private @Nullable String model;

  @Option(
      names = "--search",
      paramLabel = "N",
      description = "Try N settings of trees and keep the best (default 1).")
  private @Nullable Integer search;

  @Option(
      names = "--most-negatives",
      paramLabel = "N",
      description = "Of more rows without the outcome, train on a sample (default 1000000).")
  private @Nullable Integer mostNegatives;

  @Option(
      names = "--cuts",
      paramLabel = "N",
      description =
          "Learn from N earlier states of each session, too, for scores of open ones (1).")
  private @Nullable Integer cuts;

  @Option(
      names = "--reproduce",
      paramLabel = "RUN",
      description = {
        "Train that version, or with --mlflow that run, again and compare.",
        "Its snapshot must still be there: 12 h by default (WEIR_SINK_SNAPSHOT_AGE)."
      })
  private @Nullable String reproduce;

  @Option(
      names = "--mlflow",
      paramLabel = "URL",
      description = "Register the model in this MLflow server.")
  private @Nullable String mlflow;

  /** Why a trainer would refuse the options; to be asked before rows are made for it. */
  Optional<String> problem() {
    if (cuts == null) {
      return Optional.empty();
    }
    if (model != null && !model.equals("p_convert")) {
      return Optional.of("--cuts is an option of p_convert: " + model + " has no prefixes");
    }
    return cuts < 0 || cuts > MOST_CUTS
        ? Optional.of("--cuts must be from 0 to " + MOST_CUTS)
        : Optional.empty();
  }

  /** Whether the options say where the model goes. */
  boolean hasPlace() {
    return mlflow != null || reproduce != null;
  }

  /** The options as ml-training reads them for sessions. */
  List<String> arguments() {
    var arguments = new ArrayList<>(List.of("sessions"));
    TableOptions.add(arguments, "--model", model);
    TableOptions.add(arguments, "--cuts", cuts);
    TableOptions.add(arguments, "--from", from);
    TableOptions.add(arguments, "--to", to);
    TableOptions.add(arguments, "--snapshot", snapshot);
    TableOptions.add(arguments, "--mlflow", mlflow);
    TableOptions.add(arguments, "--reproduce", reproduce);
    arguments.addAll(ofTrees());
    return arguments;
  }

  /** The options that a training on a table has as well. */
  List<String> ofTrees() {
    var arguments = new ArrayList<String>();
    TableOptions.add(arguments, "--depth", depth);
    TableOptions.add(arguments, "--threads", threads);
    TableOptions.add(arguments, "--search", search);
    TableOptions.add(arguments, "--most-negatives", mostNegatives);
    return arguments;
  }
}
