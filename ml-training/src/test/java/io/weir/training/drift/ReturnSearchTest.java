package io.weir.training.drift;

import static io.weir.testkit.TestSessions.START;
import static io.weir.training.returning.PlantedReturns.DAY;
import static io.weir.training.returning.PlantedReturns.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.Session;
import io.weir.lake.table.LakeTables;
import io.weir.model.feature.ReturnFeature;
import io.weir.model.feature.ReturnFeatures;
import io.weir.model.feature.SessionRates;
import io.weir.training.returning.PlantedReturns;
import io.weir.training.session.LakeReader;
import io.weir.training.session.ModelVersion;
import io.weir.training.session.SessionLake;
import io.weir.training.table.FeatureRows;
import io.weir.training.table.ServedColumns;
import io.weir.training.table.TableEncoding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReturnSearchTest {
  private static final List<Session> PLANTED = PlantedReturns.planted(1_000, new Random(1));

  private final SessionLake lake = new SessionLake();
  private final List<Session> sessions = new ArrayList<>();
  private final List<Map<String, Object>> scores = new ArrayList<>();

  /** What a return is worth, by the rule of the planted sessions. */
  private static double chance(Session session) {
    return session.getPageViews() == 9 ? 0.8 : 0.1;
  }

  private void score(Session session, double score, String version) {
    scores.add(
        Map.of(
            "session_key", session.getSessionKey(),
            "session_revision", session.getRevision(),
            "visitor_id", session.getVisitorId(),
            "session_start", session.getStartTime(),
            "session_end", session.getEndTime(),
            "scored_at", session.getEndTime() + HOUR,
            "return_score", score,
            "model_name", "p_return_7d",
            "model_version", version));
  }

  private void planted(ToDoubleFunction<Session> score) {
    sessions.addAll(PLANTED);
    PLANTED.forEach(each -> score(each, score.applyAsDouble(each), "v1"));
  }

  /** A model that was trained on the planted sessions. */
  private static TrainedModel trained(ModelVersion model) {
    float[][] vectors = PLANTED.stream().map(ReturnFeatures::of).toArray(float[][]::new);
    var snapshot =
        TrainingSnapshot.of(
            TableEncoding.of(ReturnFeature.values()),
            new FeatureRows(vectors, new boolean[vectors.length]),
            ServedColumns.NONE,
            PLANTED.stream().mapToDouble(ReturnSearchTest::chance).toArray());
    return new TrainedModel(
        model, Instant.EPOCH, 0.9, 0.2, 0.01, snapshot, null, SessionRates.NONE);
  }

  private DriftFound found(long from, long to) {
    return found(10_000, 10_000, from, to);
  }

  private DriftFound found(int mostScores, int mostSessions, long from, long to) {
    if (!sessions.isEmpty()) {
      lake.append(sessions);
    }
    if (!scores.isEmpty()) {
      lake.append(LakeTables.RETURN_SCORES, scores);
    }
    try (LakeReader reader = lake.reader()) {
      return new ReturnSearch(ReturnSearchTest::trained, mostScores, mostSessions)
          .run(reader, Instant.ofEpochMilli(from), Instant.ofEpochMilli(to));
    }
  }

  private static FeatureDrift drift(ModelWatch watch, String feature) {
    return watch.drifts().stream().filter(each -> each.name().equals(feature)).findFirst().get();
  }

  @Test
  void trueChances_areCalibrated_andNothingMoved() {
    planted(ReturnSearchTest::chance);

    DriftFound found = found(START + 8 * DAY, START + 40 * DAY);

    assertThat(found.subject()).isEqualTo(DriftFound.Subject.RETURNS);
    assertThat(found.share()).isEqualTo(1);
    ModelWatch watch = found.watches().getFirst();
    long inRange = PLANTED.stream().filter(each -> each.getStartTime() >= START + 8 * DAY).count();
    assertThat(watch.compared()).isEqualTo((int) inRange);
    // The outcomes are of the eight days before the range, too, and not of its last eight.
    long newest = PLANTED.stream().mapToLong(Session::getEndTime).max().orElseThrow();
    long settled = PLANTED.stream().filter(each -> each.getEndTime() <= newest - 8 * DAY).count();
    assertThat(watch.quality().rows()).isEqualTo((int) settled);
    assertThat(watch.quality().calibrationError()).isLessThan(0.03);
    assertThat(watch.quality().auc()).isBetween(0.8, 0.95);
    assertThat(watch.quality().logLoss()).isLessThan(0.8 * watch.quality().constantLogLoss());
    assertThat(watch.meanScore()).isBetween(0.25, 0.45);
    assertThat(watch.ofScores().orElseThrow().psi()).isLessThan(0.05);
    assertThat(drift(watch, "page_views").psi()).isLessThan(0.05);
  }

  @Test
  void visitorsWhoChanged_areSeenAtOnce_andWrongScoresAWeekLater() {
    for (int at = 0; at < 400; at++) {
      Session former = PlantedReturns.session("f" + at, 1, START + DAY + at, 2);
      Session recent = PlantedReturns.session("r" + at, 1, START + 9 * DAY + at, 40);
      sessions.addAll(List.of(former, recent));
      score(former, 0.9, "v1");
      score(recent, 0.1, "v1");
    }

    ModelWatch watch = found(START + 9 * DAY, START + 10 * DAY).watches().getFirst();

    assertThat(watch.compared()).isEqualTo(400);
    assertThat(drift(watch, "page_views").psi()).isGreaterThan(0.25);
    assertThat(drift(watch, "page_views").recent().shares().getLast()).isZero();
    assertThat(watch.quality().rows()).isEqualTo(400);
    assertThat(watch.quality().positives()).isZero();
    assertThat(watch.quality().calibrationError()).isGreaterThan(0.85);
    assertThat(watch.meanScore()).isGreaterThan(0.85);
  }

  @Test
  void newModel_hasDriftAndNoQualityYet_andFormerOneTheOtherWayRound() {
    Session former = PlantedReturns.session("v", 1, START, 2);
    Session recent = PlantedReturns.session("v", 2, START + 9 * DAY, 2);
    sessions.addAll(List.of(former, recent));
    score(former, 0.2, "old");
    score(recent, 0.6, "new");

    List<ModelWatch> watches = found(START + 8 * DAY, START + 10 * DAY).watches();

    assertThat(watches).extracting(each -> each.model().model().version()).contains("old", "new");
    ModelWatch old = watches.getFirst();
    assertThat(old.compared()).isZero();
    assertThat(old.drifts()).isEmpty();
    assertThat(old.quality().rows()).isEqualTo(1);
    assertThat(old.meanScore()).isEqualTo(0.2);
    ModelWatch young = watches.getLast();
    assertThat(young.compared()).isEqualTo(1);
    assertThat(young.quality().rows()).isZero();
    assertThat(young.quality().logLoss()).isNaN();
    assertThat(young.quality().calibrationError()).isNaN();
    assertThat(young.meanScore()).isEqualTo(0.6);
  }

  @Test
  void botsAndOtherRevisions_areLeftOut() {
    Session bot = PlantedReturns.session("b", 1, START, 2);
    Session revised = PlantedReturns.session("r", 1, START, 2);
    Session plain = PlantedReturns.session("p", 1, START, 2);
    Session settler = PlantedReturns.session("z", 1, START + 9 * DAY, 2);
    sessions.addAll(
        List.of(
            Session.newBuilder(bot).setIsBot(true).build(),
            Session.newBuilder(revised).setRevision(1).build(),
            plain,
            settler));
    for (Session each : List.of(bot, revised, plain)) {
      score(each, 0.5, "v1");
    }

    ModelWatch watch = found(START, START + 10 * DAY).watches().getFirst();

    assertThat(watch.compared()).isEqualTo(1);
    assertThat(watch.quality().rows()).isEqualTo(1);
  }

  /** A visitor without a score shows how far the lake has come. */
  @Test
  void sessionsOfVisitorsWithoutAScore_makeOthersOld() {
    Session first = PlantedReturns.session("v", 1, START, 2);
    Session second = PlantedReturns.session("v", 2, START + DAY, 2);
    sessions.addAll(List.of(first, second, PlantedReturns.session("w", 1, START + 9 * DAY, 2)));
    score(first, 0.5, "v1");

    ModelWatch watch = found(START, START + 10 * DAY).watches().getFirst();

    assertThat(watch.quality().rows()).isEqualTo(1);
    assertThat(watch.quality().positives()).isEqualTo(1);
  }

  @Test
  void noScores_areNothing() {
    sessions.addAll(PLANTED);

    assertThat(found(START, START + 40 * DAY).watches()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"700, 10000", "10000, 300"})
  void moreThanMemoryHolds_isSampledByVisitor_withAllSessionsOfEach(int scored, int read) {
    planted(ReturnSearchTest::chance);

    DriftFound found = found(scored, read, START, START + 40 * DAY);

    assertThat(found.share()).isLessThan(0.5);
    ModelWatch watch = found.watches().getFirst();
    assertThat((double) watch.compared() / PLANTED.size())
        .isBetween(0.7 * found.share(), 1.3 * found.share());
    assertThat((double) watch.quality().positives() / watch.quality().rows()).isBetween(0.2, 0.5);
    assertThat(watch.quality().auc()).isBetween(0.75, 0.97);
  }
}
