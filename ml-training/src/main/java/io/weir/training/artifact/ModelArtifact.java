package io.weir.training.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.training.quality.PlattScaling;
import io.weir.training.table.LearntColumn;
import io.weir.training.table.TableEncoding;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * All files of a trained model.
 *
 * @param model in XGBoost's JSON format
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ModelArtifact(
    byte[] model, TableEncoding encoding, GoldenRows golden, TrainingReport report) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private record FeatureList(List<Column> columns, List<String> features, Map<String, ?> leftOut) {}

  private record Column(String name, String kind, List<String> categories) {}

  private record Calibration(String method, double slope, double intercept) {}

  /** The files by name, in the order in which they are written. */
  public SequencedMap<String, byte[]> files() {
    var files = new LinkedHashMap<String, byte[]>();
    files.put("model.json", model);
    files.put("model.onnx", OnnxModel.of(model, report.calibration()));
    files.put("features.json", json(features()));
    files.put("calibration.json", json(calibration(report.calibration())));
    files.put("golden.json", json(golden));
    files.put("report.json", json(report));
    files.put("report.html", text(ReportPage.of(report)));
    files.put("model_card.md", text(CardText.of(report)));
    return files;
  }

  private FeatureList features() {
    List<Column> columns = encoding.columns().stream().map(ModelArtifact::column).toList();
    return new FeatureList(columns, encoding.features(), encoding.leftOut());
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
