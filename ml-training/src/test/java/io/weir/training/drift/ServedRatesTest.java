package io.weir.training.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.Session;
import io.weir.model.feature.ClickFeature;
import io.weir.model.feature.Feature;
import io.weir.training.click.ImpressionSet;
import io.weir.training.click.PlantedImpressions;
import io.weir.training.session.LabelledRows;
import io.weir.training.session.LakeReader;
import io.weir.training.session.LakeSessions.Range;
import io.weir.training.session.ModelVersion;
import io.weir.training.session.PlantedSessions;
import io.weir.training.session.SessionFile;
import io.weir.training.session.SessionLake;
import io.weir.training.session.SessionParts;
import io.weir.training.session.SessionSet;
import io.weir.training.session.StoredScore;
import io.weir.training.table.TableEncoding;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In the training no rate is known on the first day. The served model knows them all. */
class ServedRatesTest {
  private static final ModelVersion MODEL = new ModelVersion("conversion", "v1");

  @TempDir private Path folder = Path.of("");

  @Test
  void sessionsAsInTheTraining_haveNoDriftOfTheirRates() {
    SessionSet set =
        SessionFile.read(
            PlantedSessions.write(
                folder.resolve("sessions.avro"), PlantedSessions.planted(4_000, new Random(1))));
    TrainingSnapshot snapshot = snapshot(TableEncoding.of(Feature.values()), set.rows());
    var model = new TrainedModel(MODEL, Instant.EPOCH, 0.9, 0.2, 0.01, snapshot, null, set.rates());
    List<Session> recent = PlantedSessions.planted(4_000, new Random(2));
    var lake = new SessionLake();
    lake.append(recent);
    lake.appendScores(recent.stream().map(ServedRatesTest::stored).toList());

    ModelWatch watch;
    try (LakeReader reader = lake.reader()) {
      watch =
          new DriftSearch(_ -> model)
              .run(reader, Range.ALL, ChallengerScores.NONE)
              .watches()
              .getFirst();
    }

    assertSmall(watch.drifts(), "campaign_rate", "landing_rate");
  }

  private static StoredScore stored(Session session) {
    return new StoredScore(
        session.getSessionKey(),
        session.getRevision(),
        0.5,
        MODEL,
        session.getStartTime(),
        0,
        List.of());
  }

  @Test
  void impressionsAsInTheTraining_haveNoDriftOfTheirRates() {
    ImpressionSet set = PlantedImpressions.planted(3_000, 1);
    LabelledRows rows = set.rows();

    TrainingSnapshot snapshot = snapshot(TableEncoding.of(ClickFeature.values()), rows);

    List<FeatureDrift> drifts =
        snapshot.columns().stream()
            .filter(each -> rows.rates().contains(each.column().name()))
            .map(each -> drift(each, rows))
            .toList();
    assertSmall(drifts, "ad_rate", "page_rate", "position_rate");
  }

  /** The drift of the newest impressions, as the model scores them. */
  private static FeatureDrift drift(ColumnShape trained, LabelledRows rows) {
    var counts = new ColumnCounts(trained.column());
    int place = rows.rates().indexOf(trained.column().name());
    SessionParts.split(rows, 1).newest().forEach(row -> counts.add(row.served(), place));
    return FeatureDrift.between(trained, counts.shape());
  }

  private static TrainingSnapshot snapshot(TableEncoding encoding, LabelledRows rows) {
    SessionParts parts = SessionParts.split(rows, 1);
    return TrainingSnapshot.of(encoding, parts.train(), parts.served(), new double[] {0.5});
  }

  private static void assertSmall(List<FeatureDrift> drifts, String... names) {
    for (String name : names) {
      assertThat(drifts)
          .filteredOn(each -> each.name().equals(name))
          .singleElement()
          .satisfies(drift -> {
            assertThat(drift.psi()).as(name).isLessThan(0.02);
            assertThat(drift.training().rows()).as(name).isPositive();
          });
    }
  }
}
