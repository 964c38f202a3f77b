package io.weir.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.Score;
import io.weir.contract.avro.Session;
import io.weir.process.terminal.Terminal;
import io.weir.scoring.processor.SessionScorer;
import io.weir.scoring.registry.DirectoryRegistry;
import io.weir.scoring.registry.StarterModel;
import io.weir.training.session.LakeReader;
import io.weir.training.session.ModelVersion;
import io.weir.training.session.PlantedSessions;
import io.weir.training.session.SessionLake;
import io.weir.training.session.StoredScore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Scores as the service gives them, explained from what the lake has. */
class ExplainTest {
  private static final List<Session> SESSIONS = PlantedSessions.planted(20, new Random(1));

  @TempDir private Path models = Path.of("");

  private final SessionLake lake = new SessionLake();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void fill() {
    lake.append(SESSIONS);
  }

  private StoredScore scored(Session session) {
    var registry =
        new DirectoryRegistry(
            models, Clock.systemUTC(), () -> {}, StarterModel.DEMO.load(Instant.EPOCH));
    Score score = new SessionScorer(registry, Clock.systemUTC(), 5).score(session);
    return new StoredScore(
        score.getSessionKey(),
        score.getSessionRevision(),
        score.getConversionScore(),
        new ModelVersion(score.getModelName(), score.getModelVersion()),
        score.getSessionStart(),
        score.getScoredAt(),
        score.getReasons());
  }

  private int explain(String key, UnaryOperator<StoredScore> change) {
    lake.appendScores(SESSIONS.stream().map(this::scored).map(change).toList());
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    var command = new ExplainCommand(new Terminal(out, out, false), Clock.systemUTC());
    new CommandLine(command).parseArgs(key, "--models", models.toString());
    try (LakeReader reader = lake.reader()) {
      return command.explain(reader);
    }
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void storedScore_isReproducedBitForBit_withItsReasons() {
    assertThat(explain("session-7", each -> each)).isZero();

    StoredScore stored = scored(SESSIONS.get(7));
    assertThat(text())
        .contains(
            "session session-7 of visitor " + SESSIONS.get(7).getVisitorId(),
            "score " + stored.score() + " by conversion starter-demo-4",
            stored.reasons().getFirst().getFeature() + " = ",
            "reproduced: the same score bit for bit, and its 5 reasons");
  }

  @Test
  void otherScore_ifOnlyByOneBit_isNot() {
    int code =
        explain(
            "session-7",
            each -> changed(each, Math.nextUp(each.score()), each.model(), each.revision()));

    assertThat(code).isEqualTo(1);
    assertThat(text()).contains("NOT reproduced: the stored score is");
  }

  @Test
  void unknownSession_isSaid() {
    assertThat(explain("session-99", each -> each)).isEqualTo(3);
    assertThat(text()).contains("the lake has no score of session session-99");
  }

  @Test
  void scoreOfARevisionThatTheLakeDoesNotHave_isSaid() {
    int code =
        explain(
            "session-7", each -> changed(each, each.score(), each.model(), each.revision() + 1));

    assertThat(code).isEqualTo(3);
    assertThat(text()).contains("of session session-7, which the lake does not have (yet)");
  }

  @Test
  void versionThatIsGone_isSaid() {
    var gone = new ModelVersion("conversion", "20261001T000000Z-abcdef");

    int code = explain("session-7", each -> changed(each, each.score(), gone, each.revision()));

    assertThat(code).isEqualTo(4);
    assertThat(text()).contains("was scored by " + gone, "has no such version (any more)");
  }

  private static StoredScore changed(
      StoredScore of, double score, ModelVersion model, int revision) {
    return new StoredScore(
        of.sessionKey(), revision, score, model, of.start(), of.scoredAt(), of.reasons());
  }
}
