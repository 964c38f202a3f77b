package io.weir.training;

import io.weir.lake.LakeSettings;
import io.weir.lake.gold.Postgres;
import io.weir.process.Settings;
import io.weir.process.terminal.Terminal;
import io.weir.training.drift.ClickSearch;
import io.weir.training.drift.DriftFound;
import io.weir.training.drift.DriftSearch;
import io.weir.training.drift.GoldChallengers;
import io.weir.training.drift.ReturnSearch;
import io.weir.training.drift.WatchBook;
import io.weir.training.drift.WatchBook.Occasion;
import io.weir.training.session.LakeReader;
import io.weir.training.session.LakeSessions.Range;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drift --models FOLDER}: how the models do on what they have scored. */
@Command(
    name = "drift",
    description = {
      "Compares the sessions and ad impressions that models have scored with their training data, the",
      "scores with what became of them, and a challenger with the champion. Whether a visitor came",
      "back is known eight days later, so these outcomes are of sessions before the range, too.",
      "Writes gold.model_watches, gold.model_drift and gold.model_comparisons."
    },
    footer = {"", "Exit codes: 0 compared, 1 nothing in the range has a score, 2 wrong use."},
    mixinStandardHelpOptions = true)
final class DriftCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Clock clock;

  @Mixin private ModelsOption models = new ModelsOption();

  @Option(
      names = "--from",
      defaultValue = "7d",
      paramLabel = "TIME",
      description = "What began then or later (default ${DEFAULT-VALUE}).")
  private String from = "";

  @Mixin private EndOption end = new EndOption();

  DriftCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    EndOption.Span span = end.since(from, clock);
    var occasion = new Occasion(clock.instant(), span.begin(), span.end());
    Settings settings = Settings.ofProcess();
    Postgres postgres = Postgres.from(settings);
    List<DriftFound> found;
    try (var lake = LakeReader.connect(LakeSettings.location(settings, postgres))) {
      found = search(lake, new GoldChallengers(postgres, occasion.from(), occasion.to()), occasion);
    }
    new WatchBook(postgres).write(occasion, found);
    return print(found);
  }

  private List<DriftFound> search(LakeReader lake, GoldChallengers challengers, Occasion occasion) {
    var range =
        new Range(Optional.of(occasion.from()), Optional.of(occasion.to()), Optional.empty());
    var clicks = models.ofClicks(clock);
    return List.of(
        new DriftSearch(models.ofSessions(clock)::trained).run(lake, range, challengers),
        new ClickSearch(new ClickSearch.Models(clicks::trained, clicks::rates)).run(lake, range),
        new ReturnSearch(models.ofReturns(clock)::trained)
            .run(lake, occasion.from(), occasion.to()));
  }

  private int print(List<DriftFound> all) {
    PrintStream out = terminal.out();
    for (DriftFound found : all) {
      found.watches().forEach(each -> out.println(DriftText.of(found, each)));
      found.comparisons().forEach(each -> out.println(DriftText.of(each)));
    }
    boolean isNothing = all.stream().allMatch(each -> each.watches().isEmpty());
    if (isNothing) {
      out.println("no session or ad impression of the range has a score");
    }
    out.flush();
    return isNothing ? 1 : 0;
  }
}
