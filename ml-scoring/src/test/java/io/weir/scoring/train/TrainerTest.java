package io.weir.scoring.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.contract.avro.Session;
import io.weir.scoring.feature.Feature;
import io.weir.scoring.feature.FeatureSchema;
import io.weir.scoring.feature.FeatureVector;
import io.weir.scoring.fixture.PlantedSessions;
import io.weir.scoring.model.Model;
import io.weir.scoring.model.ModelFile;
import io.weir.scoring.model.ModelFormatException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final TrainingSettings SETTINGS = TrainingSettings.defaults().withSize(60, 4);

  @Test
  void plantedRule_isLearned() throws ModelFormatException {
    TrainingSet set = planted(6_000);

    Model model = model(new Trainer(SETTINGS).train(set.train(), set.validation()));

    assertThat(Evaluation.of(model, set.test(), 0.3).auc()).isGreaterThan(0.93);
    assertThat(model.score(vector(3, Feature.DEVICE.codeOf("mobile")))).isBetween(0.75f, 0.98f);
    assertThat(model.score(vector(0, Feature.DEVICE.codeOf("mobile")))).isLessThan(0.1f);
  }

  @Test
  void missingValue_goesWhereItHelps() throws ModelFormatException {
    TrainingSet set = planted(6_000);

    Model model = model(new Trainer(SETTINGS).train(set.train(), set.validation()));

    assertThat(model.score(vector(3, Float.NaN))).isLessThan(0.1f);
  }

  @Test
  void sameSeed_givesTheSameBytes() {
    TrainingSet set = planted(2_000);

    assertThat(bytes(new Trainer(SETTINGS).train(set.train(), set.validation())))
        .isEqualTo(bytes(new Trainer(SETTINGS).train(set.train(), set.validation())));
  }

  @Test
  void noise_stopsEarly() {
    var random = new Random(5);
    LabelledRows train = noise(800, random);
    LabelledRows validation = noise(800, random);

    TrainedTrees trained = new Trainer(SETTINGS).train(train, validation);

    assertThat(trained.count()).isLessThan(SETTINGS.trees() - SETTINGS.patience());
  }

  @Test
  void firstLeaf_isTheNewtonStep() {
    float[][] vectors = {{0}, {0}, {0}, {1}, {1}, {1}};
    boolean[] converted = {false, false, true, true, true, false};
    var rows = new LabelledRows(vectors, converted);
    var settings = new TrainingSettings(1, 1, 1, 0.5, 1, 0, 0, 8, 1, 5);

    GrownTree tree = new Trainer(settings).train(rows, rows).trees().getFirst();

    // Base rate 1/2: g = ±1/2, h = 1/4. Left: G = 1/2, H = 3/4, weight -(1/2) / (3/4 + 1) = -2/7.
    assertThat(tree.leafValue(new float[] {0})).isCloseTo(-1 / 7f, within(1e-6f));
    assertThat(tree.leafValue(new float[] {1})).isCloseTo(1 / 7f, within(1e-6f));
    assertThat(tree.gain()[0]).isCloseTo(2 * 0.25 / 1.75, within(1e-9));
  }

  @Test
  void writtenModel_scoresAsTheGrownTreesDo() throws ModelFormatException {
    TrainingSet set = planted(2_000);
    TrainedTrees trained = new Trainer(SETTINGS).train(set.train(), set.validation());

    Model reread = model(trained);

    for (float[] vector : set.test().vectors()) {
      double margin = Math.log(trained.baseScore() / (1 - trained.baseScore()));
      for (GrownTree tree : trained.trees()) {
        margin += tree.leafValue(vector);
      }
      assertThat((double) reread.score(vector))
          .isCloseTo(1 / (1 + Math.exp(-margin)), within(1e-5));
    }
  }

  private static TrainingSet planted(int count) {
    List<Session> sessions = PlantedSessions.planted(count, new Random(11));
    return TrainingSet.split(sessions.stream().map(LabelledSession::of).toList(), 1);
  }

  private static LabelledRows noise(int count, Random random) {
    var vectors = new float[count][3];
    var converted = new boolean[count];
    for (int row = 0; row < count; row++) {
      converted[row] = random.nextBoolean();
      for (int feature = 0; feature < 3; feature++) {
        vectors[row][feature] = random.nextFloat();
      }
    }
    return new LabelledRows(vectors, converted);
  }

  private static float[] vector(int carts, float device) {
    FeatureVector vector = new FeatureVector();
    vector.set(Feature.EVENTS, 3);
    vector.set(Feature.PAGE_VIEWS, 3);
    vector.set(Feature.ADD_TO_CARTS, carts);
    vector.set(Feature.SEARCHES, 4);
    vector.set(Feature.DURATION_MS, 400_000);
    vector.set(Feature.DEVICE, device);
    return vector.values();
  }

  private static byte[] bytes(TrainedTrees trained) {
    return ModelWriter.write(trained, FeatureSchema.current().names(), Map.of());
  }

  private static Model model(TrainedTrees trained) throws ModelFormatException {
    return ModelFile.parse(bytes(trained)).ensemble();
  }
}
