package io.weir.training.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.training.drift.TrainingSnapshot;
import io.weir.training.quality.PlattScaling;
import io.weir.training.table.LearntColumn;
import io.weir.training.table.TableEncoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * All files of a trained model.
 *
 * @param trees in XGBoost's formats
 * @param featureSet of a model of sessions; null for a model of a table
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ModelArtifact(
    Trees trees,
    TableEncoding encoding,
    GoldenRows golden,
    TrainingSnapshot snapshot,
    TrainingReport report,
    @Nullable FeatureSet featureSet) {
  /** The file with the rates that features need. */
  public static final String RATES = "rates.json";

  private static final ObjectMapper LINE =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** The same trees in XGBoost's JSON format and in its binary one. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Trees(byte[] json, byte[] ubj) {}

  /** The trees in XGBoost's JSON format. */
  public byte[] model() {
    return trees.json;
  }

  /**
   * The features of a model of the lake.
   *
   * @param rates that the features need; null: none
   */
  public record FeatureSet(int version, String fingerprint, @Nullable Record rates) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record FeatureList(
      @Nullable Integer featureSetVersion,
      @Nullable String fingerprint,
      List<Column> columns,
      List<String> features,
      Map<String, ?> leftOut) {}

  private record Column(String name, String kind, List<String> categories) {}

  private record Calibration(String method, double slope, double intercept) {}

  /** The files of a model of a table. */
  public ModelArtifact(
      Trees trees,
      TableEncoding encoding,
      GoldenRows golden,
      TrainingSnapshot snapshot,
      TrainingReport report) {
    this(trees, encoding, golden, snapshot, report, null);
  }

  /** The artifact of a model of sessions. */
  public ModelArtifact with(FeatureSet features, TrainingRecipe recipe, Promotion promotion) {
    return new ModelArtifact(
        trees, encoding, golden, snapshot, report.with(recipe, promotion), features);
  }

  /** The decision about a model of sessions. */
  public Promotion promotion() {
    return Objects.requireNonNull(report.promotion(), "only models of sessions are promoted");
  }

  /** What it takes to train a model of sessions again, in one line. */
  public String recipeText() {
    try {
      return LINE.writeValueAsString(Objects.requireNonNull(report.recipe()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record is always valid JSON", e);
    }
  }

  /** The recipe in a text; unknown fields are passed over. */
  public static TrainingRecipe recipe(String text) throws IOException {
    try {
      TrainingRecipe recipe = LINE.readValue(text, TrainingRecipe.class);
      if (recipe == null) {
        throw new IOException("the recipe is empty");
      }
      return recipe;
    } catch (JsonProcessingException e) {
      throw new IOException("the recipe is no recipe: " + reason(e), e);
    }
  }

  private static String reason(JsonProcessingException e) {
    String ofRecipe = e.getCause() instanceof RuntimeException why ? why.getMessage() : null;
    return ofRecipe == null ? e.getOriginalMessage() : ofRecipe;
  }

  /** The name of this version: the time of the training and a hash of the trees. */
  public String version() {
    String time = report.trainedAt().replace("-", "").replace(":", "");
    return time + "-" + ArtifactFolder.checksum(trees.json).substring(0, 6);
  }

  /** The files by name, in the order in which they are written. */
  public SequencedMap<String, byte[]> files() {
    var files = new LinkedHashMap<String, byte[]>();
    files.put("model.onnx", OnnxModel.of(trees.json, report.calibration()));
    files.put("features.json", json(features()));
    if (featureSet != null && featureSet.rates() != null) {
      files.put(RATES, json(featureSet.rates()));
    }
    files.put("calibration.json", json(calibration(report.calibration())));
    files.put("golden.json", json(golden));
    files.put(TrainingSnapshot.FILE, snapshot.json());
    if (report.recipe() != null) {
      files.put("recipe.json", json(report.recipe()));
    }
    files.put("report.json", json(report));
    files.put("report.html", text(ReportPage.of(report)));
    files.put("model_card.md", text(CardText.of(report)));
    files.put("model.ubj", trees.ubj);
    files.put("model.json", trees.json);
    return files;
  }

  private FeatureList features() {
    List<Column> columns = encoding.columns().stream().map(ModelArtifact::column).toList();
    return new FeatureList(
        featureSet == null ? null : featureSet.version(),
        featureSet == null ? null : featureSet.fingerprint(),
        columns,
        encoding.features(),
        encoding.leftOut());
  }

  private static Column column(LearntColumn column) {
    return new Column(column.name(), column.kind().id(), column.categories());
  }

  private static Calibration calibration(PlattScaling scaling) {
    String method = scaling.isNone() ? "none" : "platt";
    return new Calibration(method, scaling.slope(), scaling.intercept());
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] json(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record is always valid JSON", e);
    }
  }
}
