package io.weir.training;

import io.weir.contract.avro.Session;
import io.weir.lake.LakeSettings;
import io.weir.lake.gold.Postgres;
import io.weir.model.feature.SessionFeatures;
import io.weir.process.Settings;
import io.weir.process.terminal.RunningLine;
import io.weir.process.terminal.Terminal;
import io.weir.scoring.registry.LoadedModel;
import io.weir.training.rescore.Rescore;
import io.weir.training.rescore.RescoreBook;
import io.weir.training.rescore.RescoreBook.Written;
import io.weir.training.session.LakeReader;
import io.weir.training.session.LakeSessions.Range;
import io.weir.training.session.ModelVersion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rescore --model VERSION --from TIME}: scores of the past by a chosen model. */
@Command(
    name = "rescore",
    description = {
      "Scores the sessions of the lake that began in a range with a chosen version of the model, into",
      "gold.rescores. Stored scores stay. Day by day, each as a whole; doing it again changes nothing."
    },
    footer = {"", "Exit codes: 0 done, 2 wrong use or nothing to read, 4 the version is gone."},
    mixinStandardHelpOptions = true)
final class RescoreCommand implements Callable<Integer> {
  private static final int NO_MODEL = 4;
  private static final int BAR = 20;
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final Terminal terminal;
  private final Clock clock;

  @Mixin private ModelsOption models = new ModelsOption();

  @Option(
      names = "--model",
      required = true,
      paramLabel = "VERSION",
      description = "A version in that folder, or the starter model: starter-demo-4.")
  private String version = "";

  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME",
      description = "Sessions that began then or later: RFC 3339, a day, or how long ago: 30d.")
  private String from = "";

  @Mixin private EndOption end = new EndOption();

  RescoreCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    EndOption.Span span = end.since(from, clock);
    Optional<LoadedModel> model = models.ofSessions(clock).load(version);
    if (model.isEmpty()) {
      terminal.err().println(models + " has no version " + version + " (any more)");
      terminal.err().flush();
      return NO_MODEL;
    }
    Settings settings = Settings.ofProcess();
    Postgres postgres = Postgres.from(settings);
    var name = new ModelVersion(model.get().name(), version);
    try (var lake = LakeReader.connect(LakeSettings.location(settings, postgres));
        var book = RescoreBook.open(postgres, name)) {
      print(name, run(new Sessions(lake, model.get(), name), book, span));
    }
    return 0;
  }

  /** The sessions of the lake with their new scores. */
  private record Sessions(LakeReader lake, LoadedModel model, ModelVersion name) {

    Rescore score(Session session) {
      return new Rescore(
          session.getSessionKey(),
          session.getVisitorId(),
          session.getRevision(),
          session.getStartTime(),
          model.model().score(vector(session)),
          name);
    }

    private float[] vector(Session session) {
      return SessionFeatures.of(session, model.sessionRates().of(session)).values();
    }
  }

  private Written run(Sessions sessions, RescoreBook book, EndOption.Span span) {
    Written all = Written.NOTHING;
    RunningLine line = RunningLine.on(terminal, BETWEEN_LINES, System::nanoTime);
    double whole = Duration.between(span.begin(), span.end()).toMillis();
    try {
      for (Instant day = span.begin(); day.isBefore(span.end()); day = nextDay(day)) {
        Instant until = nextDay(day).isBefore(span.end()) ? nextDay(day) : span.end();
        var range = new Range(Optional.of(day), Optional.of(until), Optional.empty());
        all =
            all.plus(
                book.write(
                    day,
                    until,
                    rows ->
                        sessions.lake.sessions(
                            range, session -> rows.accept(sessions.score(session)))));
        show(line, Duration.between(span.begin(), until).toMillis() / whole, until, all);
      }
    } finally {
      line.clear();
    }
    return all;
  }

  private static Instant nextDay(Instant time) {
    return time.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
  }

  private static void show(RunningLine line, double share, Instant until, Written all) {
    line.show(() ->
        "%s up to %s: %d sessions".formatted(RunningLine.bar(share, BAR), until, all.sessions()));
  }

  private void print(ModelVersion model, Written all) {
    terminal
        .out()
        .println(
            "scored %d sessions with %s: %d rows are new or changed, %d were removed"
                .formatted(all.sessions(), model, all.changed(), all.removed()));
    terminal.out().flush();
  }
}
