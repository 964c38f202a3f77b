package io.weir.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.model.feature.VisitorEvent;
import io.weir.model.feature.VisitorPast;
import io.weir.model.feature.VisitorPastCodec;
import io.weir.scoring.processor.ImpressionScorer;
import io.weir.scoring.registry.DirectoryRegistry;
import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.registry.ModelKind;
import io.weir.scoring.registry.ModelSlot;
import io.weir.testkit.TestRecords;
import io.weir.training.artifact.ModelArtifact;
import io.weir.training.artifact.ModelStore;
import io.weir.training.click.ImpressionSet;
import io.weir.training.quality.PlattScaling;
import io.weir.training.session.LabelledRow;
import io.weir.training.session.LabelledRows;
import io.weir.training.session.LakeSessions.Range;
import io.weir.training.tree.BoostedTrees;
import io.weir.training.tree.TreeSettings;
import io.weir.training.tree.TreeShape;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The trainer and the scorer of the topic see the same impressions in the same way. */
@EnabledIf(value = "io.weir.training.NativeXgboost#isThere", disabledReason = "no OpenMP")
class ServedClicksTest {
  private static final long DAY = 24 * 3_600_000L;
  private static final long START = 20_400 * DAY;
  private static final int VISITORS = 2_500;
  private static final List<String> TYPES =
      List.of("page_view", "product_view", "search", "ad_impression", "ad_impression");

  @TempDir Path models = Path.of("");

  @Test
  void newestDay_isScoredAsTheTrainerWould() throws IOException {
    List<EnrichedEvent> learnt = events(new Random(1), START, 8);
    learnt.add(event("end", "page_view", "nobody", START + 9 * DAY - DAY / 4));
    List<EnrichedEvent> all = new ArrayList<>(learnt);
    List<EnrichedEvent> newest = events(new Random(2), START + 9 * DAY, 1);
    all.addAll(newest);
    all.add(event("end2", "page_view", "nobody", START + 11 * DAY));
    ModelArtifact artifact = train(set(learnt));
    LoadedModel model = served(artifact);

    List<LabelledRow> trained =
        set(all).rows().rows().stream().filter(row -> row.time() >= START + 9 * DAY).toList();
    Map<String, float[]> topic = vectors(model, all);

    assertThat(trained).hasSizeGreaterThan(10_000);
    double[] expected = probabilities(artifact, trained);
    for (int at = 0; at < expected.length; at++) {
      LabelledRow row = trained.get(at);
      float[] vector = Objects.requireNonNull(topic.get(row.visitor() + row.time()));
      assertThat(vector).isEqualTo(row.vector());
      assertThat((double) model.model().score(vector)).isCloseTo(expected[at], within(1e-6));
    }
  }

  /** The vector of each impression, from pasts that are stored after each event. */
  private static Map<String, float[]> vectors(LoadedModel model, List<EnrichedEvent> events) {
    var pasts = new HashMap<String, byte[]>();
    var vectors = new HashMap<String, float[]>();
    byte[] empty = VisitorPastCodec.write(new VisitorPast());
    for (EnrichedEvent event : events) {
      String visitor = event.getVisitorId();
      VisitorPast past = VisitorPastCodec.read(pasts.getOrDefault(visitor, empty));
      VisitorEvent seen = VisitorEvent.of(event);
      if (seen.isImpression()) {
        vectors.put(visitor + seen.time(), ImpressionScorer.vector(model, past, seen));
      }
      past.add(seen);
      pasts.put(visitor, VisitorPastCodec.write(past));
    }
    return vectors;
  }

  private LoadedModel served(ModelArtifact artifact) {
    var store = new ModelStore(models);
    store.prepare();
    store.write(artifact.version(), artifact.files());
    store.promote(artifact.version());
    var registry =
        new DirectoryRegistry(
            ModelSlot.champion(ModelKind.CLICK, models), Clock.systemUTC(), () -> {});
    registry.refresh();
    assertThat(registry.problem()).isEmpty();
    return registry.current().orElseThrow();
  }

  private static double[] probabilities(ModelArtifact artifact, List<LabelledRow> rows)
      throws IOException {
    JsonNode stored = new ObjectMapper().readTree(artifact.files().get("calibration.json"));
    var calibration =
        new PlattScaling(
            stored.path("slope").doubleValue(), stored.path("intercept").doubleValue());
    try (BoostedTrees trees = BoostedTrees.load(artifact.model())) {
      return calibration.probabilities(
          trees.margins(rows.stream().map(LabelledRow::vector).toArray(float[][]::new)));
    }
  }

  private static ModelArtifact train(ImpressionSet set) {
    var shape = new TreeShape(4, 0.3, 1, 1, 1, 1);
    var plan = TrainingPlan.of(new TreeSettings(shape, 30, 10, 1, 1, Set.of()));
    return new LakeTraining(Prediction.P_CLICK, "p_click", plan, (_, _, _) -> {}, Clock.systemUTC())
        .run(() -> new Prediction.Rows(set.rows(), set.rates()), Optional.empty());
  }

  private static ImpressionSet set(List<EnrichedEvent> events) {
    var set = new ImpressionSet(new LabelledRows.Source("planted", null, Range.ALL));
    for (EnrichedEvent event : events) {
      set.add(event.getVisitorId(), event.getEventId(), event.getIsBot(), VisitorEvent.of(event));
    }
    return set;
  }

  /** Events in the order of time, none of the same time, the last hours of each day without any. */
  private static List<EnrichedEvent> events(Random random, long from, int days) {
    var events = new ArrayList<EnrichedEvent>();
    for (int visitor = 0; visitor < VISITORS; visitor++) {
      long time = from + random.nextInt(days) * DAY + random.nextInt(16 * 3_600) * 1_000L;
      int most = 4 + random.nextInt(14);
      for (int number = 0; number < most; number++) {
        time += 1 + random.nextInt(number % 7 == 6 ? 2_400_000 : 60_000);
        String id = from + "-" + visitor + "-" + number;
        String type = TYPES.get(random.nextInt(TYPES.size()));
        EnrichedEvent event = event(id, type, "v" + visitor, time);
        events.add(event);
        if (type.equals("ad_impression") && random.nextInt(8) < visitor % 4) {
          time += 500;
          EnrichedEvent click = event(id + "c", "ad_click", "v" + visitor, time);
          click.setAdId(event.getAdId());
          events.add(click);
        }
      }
    }
    events.sort(Comparator.comparingLong(EnrichedEvent::getEventTime));
    return events;
  }

  private static EnrichedEvent event(String id, String type, String visitor, long time) {
    int hash = Math.floorMod(id.hashCode(), 97);
    return TestRecords.event(
        id,
        event ->
            event
                .setEventType(type)
                .setVisitorId(visitor)
                .setEventTime(time)
                .setAdId(type.startsWith("ad_") ? "ad-" + hash % 9 : null)
                .setUrlPath("/p/" + hash % 5)
                .setProperties(Map.of("position", Integer.toString(hash % 3)))
                .setDevice(hash % 2 == 0 ? "mobile" : "desktop")
                .setCountry(hash % 4 == 0 ? null : "DE")
                .setReferrerClass(hash % 5 == 0 ? "search" : null)
                .setCampaignMedium(hash % 6 == 0 ? "cpc" : null));
  }
}
