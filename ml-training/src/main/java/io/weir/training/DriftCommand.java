package io.weir.training;

import io.weir.lake.LakeSettings;
import io.weir.lake.gold.Postgres;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.TimeText;
import io.weir.process.terminal.Terminal;
import io.weir.training.drift.DriftSearch;
import io.weir.training.drift.DriftSearch.Found;
import io.weir.training.drift.GoldChallengers;
import io.weir.training.drift.WatchBook;
import io.weir.training.drift.WatchBook.Occasion;
import io.weir.training.session.LakeReader;
import io.weir.training.session.LakeSessions.Range;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code drift --models FOLDER}: how the models do on the sessions that they have scored. */
@Command(
    name = "drift",
    description = {
      "Compares the sessions that models have scored with their training data, and the scores with",
      "what became of the sessions; and a challenger with the champion. Writes gold.model_watches,",
      "gold.model_drift and gold.model_comparisons."
    },
    footer = {"", "Exit codes: 0 compared, 1 no scored session in the range, 2 wrong use."},
    mixinStandardHelpOptions = true)
final class DriftCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Clock clock;

  @Option(
      names = "--models",
      required = true,
      paramLabel = "FOLDER",
      description = "Of the scorer's models.")
  private Path models = Path.of("");

  @Option(
      names = "--from",
      defaultValue = "7d",
      paramLabel = "TIME",
      description = "Sessions that began then or later (default ${DEFAULT-VALUE}).")
  private String from = "";

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Sessions that began before (default: now).")
  private @Nullable String to;

  DriftCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    var occasion =
        new Occasion(
            clock.instant(),
            TimeText.parse("--from", from, clock),
            to == null ? clock.instant() : TimeText.parse("--to", to, clock));
    if (!occasion.from().isBefore(occasion.to())) {
      throw new StartupException("--from is not before --to");
    }
    Settings settings = Settings.ofProcess();
    Postgres postgres = Postgres.from(settings);
    Found found;
    try (var lake = LakeReader.connect(LakeSettings.location(settings, postgres))) {
      found =
          search(lake, new GoldChallengers(postgres, occasion.from(), occasion.to()), occasion);
    }
    new WatchBook(postgres).write(occasion, found);
    return print(found);
  }

  private Found search(LakeReader lake, GoldChallengers challengers, Occasion occasion) {
    var folder = new ModelFolder(models, clock);
    var range =
        new Range(Optional.of(occasion.from()), Optional.of(occasion.to()), Optional.empty());
    return new DriftSearch(folder::trained).run(lake, range, challengers);
  }

  private int print(Found found) {
    PrintStream out = terminal.out();
    found.watches().forEach(each -> out.println(DriftText.of(each, found.share())));
    found.comparisons().forEach(each -> out.println(DriftText.of(each)));
    if (found.watches().isEmpty()) {
      out.println("no session of the range has a score");
    }
    out.flush();
    return found.watches().isEmpty() ? 1 : 0;
  }
}
