package io.weir.training.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.contract.avro.Session;
import io.weir.model.feature.Feature;
import io.weir.model.feature.SessionFeatures;
import io.weir.model.feature.SessionRates;
import io.weir.training.quality.PairedQuality;
import io.weir.training.session.LakeReader;
import io.weir.training.session.LakeSessions.Range;
import io.weir.training.session.ModelVersion;
import io.weir.training.session.PlantedSessions;
import io.weir.training.session.SessionLake;
import io.weir.training.session.StoredScore;
import io.weir.training.table.FeatureRows;
import io.weir.training.table.ServedColumns;
import io.weir.training.table.TableEncoding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DriftSearchTest {
  private static final ModelVersion MODEL = new ModelVersion("conversion", "v1");
  private static final List<Session> TRAINED = PlantedSessions.planted(2_000, new Random(1));

  private final SessionLake lake = new SessionLake();
  private ChallengerScores besides = ChallengerScores.NONE;

  private static TrainedModel trained(ModelVersion model) {
    float[][] vectors =
        TRAINED.stream()
            .map(each -> SessionFeatures.of(each, SessionRates.Seen.NOTHING).values())
            .toArray(float[][]::new);
    double[] scores = TRAINED.stream().mapToDouble(DriftSearchTest::score).toArray();
    var snapshot =
        TrainingSnapshot.of(
            TableEncoding.of(Feature.values()),
            new FeatureRows(vectors, new boolean[vectors.length]),
            ServedColumns.NONE,
            scores);
    return new TrainedModel(
        model, Instant.EPOCH, 0.9, 0.2, 0.01, snapshot, null, SessionRates.NONE);
  }

  /** What the planted rule says. */
  private static double score(Session session) {
    boolean isLikely = session.getFeatures().getAddToCarts() >= 2 && session.getDevice() != null;
    return isLikely ? 0.9 : 0.02;
  }

  private static StoredScore stored(Session session, ModelVersion model) {
    return new StoredScore(
        session.getSessionKey(),
        session.getRevision(),
        score(session),
        model,
        session.getStartTime(),
        0,
        List.of());
  }

  private DriftFound found(int most, Function<ModelVersion, TrainedModel> models) {
    try (LakeReader reader = lake.reader()) {
      return new DriftSearch(models, most).run(reader, Range.ALL, besides);
    }
  }

  private DriftFound compared(List<StoredScore> challengers) {
    besides = challengers::forEach;
    return found(10_000, DriftSearchTest::trained);
  }

  private static FeatureDrift drift(ModelWatch watch, String feature) {
    return watch.drifts().stream().filter(each -> each.name().equals(feature)).findFirst().get();
  }

  @Test
  void sessionsAsInTheTraining_haveNoDrift_andTheModelsQuality() {
    List<Session> sessions = PlantedSessions.planted(2_000, new Random(2));
    lake.append(sessions);
    lake.appendScores(sessions.stream().map(each -> stored(each, MODEL)).toList());

    ModelWatch watch = found(10_000, DriftSearchTest::trained).watches().getFirst();

    long converted = sessions.stream().filter(Session::getIsConverted).count();
    assertThat(watch.quality().rows()).isEqualTo(2_000);
    assertThat(watch.quality().positives()).isEqualTo((int) converted);
    assertThat(watch.quality().calibrationError()).isLessThan(0.03);
    assertThat(watch.quality().logLoss()).isLessThan(watch.quality().constantLogLoss());
    assertThat(watch.ofScores().orElseThrow().psi()).isLessThan(0.02);
    // A later session began at another hour; nothing else differs.
    assertThat(drift(watch, "add_to_carts").psi()).isLessThan(0.02);
    assertThat(drift(watch, "device").psi()).isLessThan(0.02);
  }

  @Test
  void otherSessions_haveADrift_ofTheFeaturesThatDiffer() {
    List<Session> sessions = PlantedSessions.planted(2_000, new Random(2));
    sessions.forEach(each -> each.setDevice(null));
    lake.append(sessions);
    lake.appendScores(sessions.stream().map(each -> stored(each, MODEL)).toList());

    ModelWatch watch = found(10_000, DriftSearchTest::trained).watches().getFirst();

    assertThat(watch.features().getFirst().name()).isEqualTo("device");
    assertThat(drift(watch, "device").psi()).isGreaterThan(0.25);
    assertThat(drift(watch, "device").recent().missing()).isEqualTo(1);
    assertThat(drift(watch, "device").training().missing()).isCloseTo(0.25, within(0.03));
    assertThat(drift(watch, "add_to_carts").psi()).isLessThan(0.02);
    assertThat(watch.ofScores().orElseThrow().psi()).isGreaterThan(0.25);
  }

  @Test
  void botsAndOtherRevisions_areLeftOut_andEachVersionIsByItself() {
    List<Session> sessions = PlantedSessions.planted(40, new Random(3));
    sessions.get(0).setIsBot(true);
    sessions.get(1).setRevision(2);
    lake.append(sessions);
    sessions.get(1).setRevision(1);
    var other = new ModelVersion("conversion", "v2");
    lake.appendScores(
        sessions.stream()
            .map(each -> stored(each, each.getStartTime() % 120_000 == 0 ? MODEL : other))
            .toList());

    List<ModelWatch> watches =
        found(100, model -> TrainedModel.unknown(model, "it is gone")).watches();

    assertThat(watches).extracting(each -> each.model().model().version()).contains("v1", "v2");
    assertThat(watches).extracting(each -> each.quality().rows()).containsExactly(19, 19);
    assertThat(watches).allSatisfy(each -> assertThat(each.drifts()).isEmpty());
  }

  @Test
  void moreSessionsThanMemoryHolds_areSampledByTheirKeys() {
    List<Session> sessions = PlantedSessions.planted(2_000, new Random(4));
    lake.append(sessions);
    lake.appendScores(sessions.stream().map(each -> stored(each, MODEL)).toList());

    DriftFound found = found(300, DriftSearchTest::trained);

    assertThat(found.share()).isEqualTo(0.125);
    ModelWatch watch = found.watches().getFirst();
    assertThat(watch.quality().rows()).isBetween(200, 300);
    assertThat(watch.ofScores().orElseThrow().psi()).isLessThan(0.1);
  }

  @Test
  void sessionsWithOneOutcome_haveNoAuc() {
    List<Session> sessions = PlantedSessions.planted(50, new Random(5));
    sessions.forEach(each -> each.setIsConverted(false));
    lake.append(sessions);
    lake.appendScores(sessions.stream().map(each -> stored(each, MODEL)).toList());

    ModelWatch watch = found(100, DriftSearchTest::trained).watches().getFirst();

    assertThat(watch.quality().auc()).isNaN();
    assertThat(watch.quality().logLoss()).isFinite();
    assertThat(watch.quality().calibrationError()).isFinite();
  }

  @Test
  void challenger_isComparedOnSessionsThatBothScoredAtTheirNewestRevision() {
    List<Session> sessions = PlantedSessions.planted(2_000, new Random(6));
    sessions.get(0).setIsBot(true);
    lake.append(sessions);
    lake.appendScores(sessions.stream().map(each -> stored(each, MODEL)).toList());
    var challenger = new ModelVersion("conversion", "v2");
    List<StoredScore> others =
        new ArrayList<>(
            sessions.stream().limit(1_500).map(each -> constant(each, challenger)).toList());
    others.set(1, revised(others.get(1)));
    others.addAll(sessions.stream().skip(1_500).map(each -> stored(each, MODEL)).toList());

    DriftFound found = compared(others);

    ModelComparison comparison = found.comparisons().getFirst();
    assertThat(found.comparisons()).hasSize(1);
    assertThat(comparison.champion()).isEqualTo(MODEL);
    assertThat(comparison.challenger()).isEqualTo(challenger);
    assertThat(comparison.quality().rows()).isEqualTo(1_498);
    assertThat(comparison.quality().verdict()).isEqualTo(PairedQuality.Verdict.CHAMPION_BETTER);
    assertThat(comparison.quality().otherAuc()).isEqualTo(0.5);
    assertThat(found.watches()).hasSize(1);
  }

  private static StoredScore constant(Session session, ModelVersion model) {
    StoredScore score = stored(session, model);
    return new StoredScore(
        score.sessionKey(), score.revision(), 0.1, model, score.start(), 0, List.of());
  }

  private static StoredScore revised(StoredScore score) {
    return new StoredScore(
        score.sessionKey(), score.revision() + 1, 0.1, score.model(), score.start(), 0, List.of());
  }
}
