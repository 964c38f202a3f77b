package io.weir.training;

import io.weir.contract.avro.Session;
import io.weir.lake.LakeSettings;
import io.weir.lake.gold.Postgres;
import io.weir.process.Settings;
import io.weir.process.terminal.Terminal;
import io.weir.scoring.registry.LoadedModel;
import io.weir.training.session.LakeReader;
import io.weir.training.session.StoredScore;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain SESSION_KEY}: a stored score once more, with what moved it. */
@Command(
    name = "explain",
    description = {
      "Computes the stored score of a session again, from the stored session and the version of the",
      "model that gave it, and says what each feature added."
    },
    footer = {
      "",
      "Exit codes: 0 the same bit for bit, 1 another score or other reasons, 2 wrong use or a model",
      "that this program refuses, 3 the lake has no score of the session or not the session that was",
      "scored, 4 the version of the model is gone."
    },
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  private static final int DIFFERENT = 1;
  private static final int NO_SESSION = 3;
  private static final int NO_MODEL = 4;
  private static final int SHOWN = 10;

  private final Terminal terminal;
  private final Clock clock;

  @Parameters(paramLabel = "SESSION_KEY", description = "As in gold.session_scores.")
  private String key = "";

  @Mixin private ModelsOption models = new ModelsOption();

  @Option(names = "--all", description = "Show all features, not the ten that moved it most.")
  private boolean isWhole;

  ExplainCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    Settings settings = Settings.ofProcess();
    Postgres postgres = Postgres.from(settings);
    try (var lake = LakeReader.connect(LakeSettings.location(settings, postgres))) {
      return explain(lake);
    }
  }

  int explain(LakeReader lake) {
    Optional<StoredScore> stored = lake.score(key);
    if (stored.isEmpty()) {
      return fail(
          NO_SESSION,
          "the lake has no score of session "
              + key
              + ": the session is open, not scored yet, retracted, erased or unknown");
    }
    StoredScore score = stored.get();
    Optional<Session> session = lake.session(key, score.revision());
    if (session.isEmpty()) {
      return fail(
          NO_SESSION,
          "the score is of revision %d of session %s, which the lake does not have (yet)"
              .formatted(score.revision(), key));
    }
    Optional<LoadedModel> model = models.ofSessions(clock).load(score.model().version());
    if (model.isEmpty()) {
      return fail(
          NO_MODEL,
          "session %s was scored by %s, and %s has no such version (any more)"
              .formatted(key, score.model(), models));
    }
    return print(session.get(), Explanation.of(score, session.get(), model.get()));
  }

  private int fail(int code, String why) {
    terminal.err().println(why);
    terminal.err().flush();
    return code;
  }

  private int print(Session session, Explanation explanation) {
    PrintStream out = terminal.out();
    StoredScore stored = explanation.stored();
    out.println(
        "session %s of visitor %s, revision %d, began %s"
            .formatted(key, session.getVisitorId(), stored.revision(), time(stored.start())));
    out.println(
        "score %s by %s at %s".formatted(stored.score(), stored.model(), time(stored.scoredAt())));
    explanation
        .base()
        .ifPresent(
            base -> out.println("log-odds begin at %+.5f, and these are added:".formatted(base)));
    explanation.reasons().stream()
        .limit(isWhole ? Integer.MAX_VALUE : SHOWN)
        .forEach(each -> out.println(Explanation.line(each)));
    int more = isWhole ? 0 : explanation.reasons().size() - SHOWN;
    if (more > 0) {
      out.println("  and " + more + " more: --all");
    }
    out.println(explanation.verdict());
    out.flush();
    return explanation.isReproduced() ? 0 : DIFFERENT;
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
