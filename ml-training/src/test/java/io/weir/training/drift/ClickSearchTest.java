package io.weir.training.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.lake.table.LakeTables;
import io.weir.model.feature.ClickFeature;
import io.weir.model.feature.ClickRates;
import io.weir.model.feature.SessionRates;
import io.weir.training.session.LakeReader;
import io.weir.training.session.LakeSessions.Range;
import io.weir.training.session.ModelVersion;
import io.weir.training.session.SessionLake;
import io.weir.training.table.FeatureRows;
import io.weir.training.table.ServedColumns;
import io.weir.training.table.TableEncoding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClickSearchTest {
  private static final long START = 1_772_366_400_000L; // 2026-03-01T12:00Z
  private static final long HOUR = 3_600_000;
  private static final ClickRates RATES =
      new ClickRates(
          new ClickRates.Table(0.5, Map.of("a", 0.25)),
          ClickRates.Table.NOTHING,
          ClickRates.Table.NOTHING);

  private final SessionLake lake = new SessionLake();
  private final List<Map<String, Object>> events = new ArrayList<>();
  private final List<Map<String, Object>> scores = new ArrayList<>();

  private void event(String id, String visitor, String type, long time, @Nullable String ad) {
    var event = new HashMap<String, Object>();
    event.put("event_id", id);
    event.put("visitor_id", visitor);
    event.put("event_type", type);
    event.put("event_time", time);
    if (ad != null) {
      event.put("ad_id", ad);
    }
    events.add(event);
  }

  private void score(String event, String visitor, long time, double score, String version) {
    scores.add(
        Map.of(
            "event_id", event,
            "visitor_id", visitor,
            "event_time", time,
            "scored_at", time + scores.size(),
            "click_score", score,
            "model_name", "p_click",
            "model_version", version));
  }

  /** A model that was trained on impressions without a past. */
  private static TrainedModel trained(ModelVersion model) {
    var vectors = new float[200][TableEncoding.of(ClickFeature.values()).features().size()];
    var snapshot =
        TrainingSnapshot.of(
            TableEncoding.of(ClickFeature.values()),
            new FeatureRows(vectors, new boolean[vectors.length]),
            ServedColumns.NONE,
            new double[vectors.length]);
    return new TrainedModel(
        model, Instant.EPOCH, 0.9, 0.2, 0.01, snapshot, null, SessionRates.NONE);
  }

  private DriftFound found(int mostScores, int mostEvents, Range range) {
    lake.append(LakeTables.EVENTS, events);
    if (!scores.isEmpty()) {
      lake.append(LakeTables.AD_SCORES, scores);
    }
    var models = new ClickSearch.Models(ClickSearchTest::trained, _ -> RATES);
    try (LakeReader reader = lake.reader()) {
      return new ClickSearch(models, mostScores, mostEvents).run(reader, range);
    }
  }

  private static Range range(long from, long to) {
    return new Range(
        Optional.of(Instant.ofEpochMilli(from)),
        Optional.of(Instant.ofEpochMilli(to)),
        Optional.empty());
  }

  private static FeatureDrift drift(ModelWatch watch, String feature) {
    return watch.drifts().stream().filter(each -> each.name().equals(feature)).findFirst().get();
  }

  @Test
  void scores_areComparedWithClicks_andFeaturesComeFromThePast() {
    event("0", "v", "purchase", START - 24 * HOUR, null);
    event("1", "v", "ad_impression", START, "a");
    event("2", "v", "ad_click", START + 1_000, "a");
    event("3", "v", "ad_impression", START + 2_000, "b");
    event("4", "w", "ad_impression", START + 3_000, "a");
    event("5", "x", "page_view", START + HOUR, null);
    score("1", "v", START, 0.1, "v1");
    score("1", "v", START, 0.8, "v1"); // A restart scored it again; the newer score counts.
    score("3", "v", START + 2_000, 0.3, "v1");
    score("4", "w", START + 3_000, 0.4, "v2");
    score("gone", "w", START + 3_000, 0.4, "v3");

    DriftFound found = found(100, 100, range(START, START + 2 * HOUR));

    assertThat(found.subject()).isEqualTo(DriftFound.Subject.IMPRESSIONS);
    assertThat(found.share()).isEqualTo(1);
    assertThat(found.watches())
        .extracting(each -> each.model().model().version())
        .containsExactly("v1", "v2");
    ModelWatch first = found.watches().getFirst();
    assertThat(first.quality().rows()).isEqualTo(2);
    assertThat(first.quality().positives()).isEqualTo(1);
    assertThat(first.quality().auc()).isEqualTo(1);
    assertThat(first.meanScore()).isEqualTo(0.55);
    // The purchase before the range is in the past, and the model's own shares are used.
    assertThat(drift(first, "purchases_before").psi()).isGreaterThan(0.5);
    assertThat(drift(first, "sessions_before").psi()).isGreaterThan(0.5);
    assertThat(drift(first, "ad_rate").recent().missing()).isZero();
    assertThat(drift(first, "page_rate").recent().missing()).isEqualTo(1);
  }

  @Test
  void impressionsOutsideTheRange_areLeftOut_andClicksAfterItCount() {
    event("1", "v", "ad_impression", START, "a");
    event("2", "v", "ad_impression", START + HOUR, "a");
    event("3", "v", "ad_click", START + HOUR + 20 * 60_000, "a");
    event("w", "w", "page_view", START + HOUR + 31 * 60_000, null);
    score("1", "v", START, 0.1, "v1");
    score("2", "v", START + HOUR, 0.2, "v1");

    ModelWatch first = found(100, 100, range(START + 1, START + HOUR + 1)).watches().getFirst();

    assertThat(first.quality().rows()).isEqualTo(1);
    assertThat(first.quality().positives()).isEqualTo(1);
  }

  @Test
  void newestImpressions_haveNoOutcomeYet() {
    event("1", "v", "ad_impression", START, "a");
    event("2", "v", "ad_impression", START + 20 * 60_000, "a");
    event("3", "v", "page_view", START + 40 * 60_000, null);
    score("1", "v", START, 0.1, "v1");
    score("2", "v", START + 20 * 60_000, 0.1, "v1");

    assertThat(found(100, 100, Range.ALL).watches().getFirst().quality().rows()).isEqualTo(1);
  }

  @Test
  void noScores_areNothing() {
    event("1", "v", "ad_impression", START, "a");

    assertThat(found(100, 100, Range.ALL).watches()).isEmpty();
  }

  @Test
  void moreThanMemoryHolds_isSampledByVisitor_withAllEventsOfEach() {
    for (int visitor = 0; visitor < 400; visitor++) {
      String name = "visitor-" + visitor;
      event("a" + visitor, name, "ad_impression", START, "a");
      event("b" + visitor, name, "ad_click", START + 1_000, "a");
      score("a" + visitor, name, START, 0.9, "v1");
    }
    event("z", "last", "page_view", START + HOUR, null);

    DriftFound found = found(250, 200, Range.ALL);

    assertThat(found.share()).isEqualTo(0.125);
    assertThat(found.watches().getFirst().quality().rows()).isBetween(30, 75);
    assertThat(found.watches().getFirst().quality().positives())
        .isEqualTo(found.watches().getFirst().quality().rows());
  }
}
