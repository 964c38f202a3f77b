package io.weir.scoring.train;

import io.weir.process.StartupException;
import io.weir.scoring.feature.Feature;
import io.weir.scoring.feature.FeatureSchema;
import io.weir.scoring.model.Model;
import io.weir.scoring.model.ModelAttributes;
import io.weir.scoring.model.ModelFile;
import io.weir.scoring.model.ModelFormatException;
import io.weir.scoring.registry.ModelFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One training run: reads sessions, trains, evaluates the bytes that it wrote, and saves them. */
public final class Training {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final String name;
  private final TrainingSettings settings;
  private final Clock clock;

  public Training(String name, TrainingSettings settings, Clock clock) {
    this.name = name;
    this.settings = settings;
    this.clock = clock;
  }

  public ModelCard run(Path sessions, Path out) {
    Instant start = clock.instant();
    check(out);
    TrainingSet set = TrainingSet.read(sessions, settings.seed());
    TrainedTrees trained = new Trainer(settings).train(set.train(), set.validation());
    Instant end = clock.instant();
    Map<String, String> attributes = attributes(trained, end);
    byte[] model = ModelWriter.write(trained, FeatureSchema.current().names(), attributes);
    Evaluation evaluation = Evaluation.of(reread(model), set.test(), set.train().baseRate());
    var card =
        new ModelCard(
            name,
            attributes.getOrDefault(ModelAttributes.VERSION, ""),
            end.truncatedTo(ChronoUnit.SECONDS).toString(),
            Duration.between(start, clock.instant()).toMillis() / 1000.0,
            ModelCard.Rows.of(set),
            trained.count(),
            evaluation,
            FeatureSchema.current(),
            importance(trained),
            settings);
    save(model, card, out);
    return card;
  }

  private static void check(Path out) {
    try {
      new ModelFolder(out).check();
    } catch (IOException e) {
      throw unwritable(out, e);
    }
  }

  private static void save(byte[] model, ModelCard card, Path out) {
    try {
      new ModelFolder(out).save(model, card.toJson());
    } catch (IOException e) {
      throw unwritable(out, e);
    }
  }

  private static StartupException unwritable(Path out, IOException e) {
    return new StartupException("--out " + out + " cannot be written: " + e, e);
  }

  private Map<String, String> attributes(TrainedTrees trained, Instant end) {
    byte[] bare = ModelWriter.write(trained, FeatureSchema.current().names(), Map.of());
    return Map.of(
        ModelAttributes.NAME,
        name,
        ModelAttributes.VERSION,
        STAMP.format(end) + "-" + digest(bare),
        ModelAttributes.FEATURES,
        FeatureSchema.current().fingerprint());
  }

  private static Model reread(byte[] model) {
    try {
      return ModelFile.parse(model).ensemble();
    } catch (ModelFormatException e) {
      throw new IllegalStateException("the model just written cannot be read", e);
    }
  }

  private static Map<String, Double> importance(TrainedTrees trained) {
    var importance = new LinkedHashMap<String, Double>();
    double[] shares = trained.importance();
    for (Feature feature : Feature.values()) {
      importance.put(feature.fieldName(), shares[feature.index()]);
    }
    return importance;
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
