package io.weir.local.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a training on a table. */
final class TableOptions {
  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Train on this table instead of sessions; needs --label.")
  private @Nullable Path csv;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "The column to predict: 0 and 1, true and false, or yes and no.")
  private @Nullable String label;

  @Option(
      names = "--group",
      paramLabel = "COLUMN",
      description = "Rows with one value of it are never on both sides of the split.")
  private @Nullable String group;

  @Option(
      names = "--drop",
      paramLabel = "A,B",
      description = "Columns that the model must not see.")
  private @Nullable String drop;

  Optional<Path> csv() {
    return Optional.ofNullable(csv).map(Path::toAbsolutePath);
  }

  /** Whether an option is given that only a table has. */
  boolean hasOthers() {
    return label != null || group != null || drop != null;
  }

  /** The options as ml-training reads them. */
  List<String> arguments() {
    var arguments = new ArrayList<>(List.of("table"));
    csv().ifPresent(file -> arguments.add("--csv=" + file));
    add(arguments, "--label", label);
    add(arguments, "--group", group);
    add(arguments, "--drop", drop);
    return arguments;
  }

  static void add(List<String> arguments, String option, @Nullable Object value) {
    if (value != null) {
      arguments.add(option + "=" + value);
    }
  }
}
