package io.weir.training.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.training.table.FeatureRows;
import io.weir.training.table.LearntColumn;
import io.weir.training.table.ServedColumns;
import io.weir.training.table.TableEncoding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The distribution of the data that a model was trained on: its file {@code snapshot.json}.
 *
 * @param format 1
 * @param columns the columns of the training part, in the order of the vector; rates are those that
 *     the model is served with
 * @param scores the probabilities of the test part
 */
public record TrainingSnapshot(int format, List<ColumnShape> columns, ColumnShape scores) {
  /** The name of the file beside the model. */
  public static final String FILE = "snapshot.json";

  private static final int FORMAT = 1;

  /** Fixed, so that models can be compared; narrow where most scores are. */
  private static final List<Float> SCORE_EDGES =
      List.of(0.005f, 0.01f, 0.02f, 0.05f, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f);

  private static final Binning SCORES = new Binning("(score)", SCORE_EDGES, List.of());

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  public TrainingSnapshot {
    columns = List.copyOf(columns);
    if (format != FORMAT) {
      throw new IllegalArgumentException("format " + format + " is not known");
    }
    if (!scores.column().equals(SCORES)) {
      throw new IllegalArgumentException("the scores have other classes");
    }
  }

  /**
   * Takes the snapshot.
   *
   * @param train all rows of the training part, also those that a sample left out
   * @param served the columns of these rows that the served model sees with other values
   * @param scores the calibrated probabilities of the test part
   */
  public static TrainingSnapshot of(
      TableEncoding encoding, FeatureRows train, ServedColumns served, double[] scores) {
    var columns = new ArrayList<ColumnShape>();
    int place = 0;
    for (LearntColumn column : encoding.columns()) {
      int servedAt = served.names().indexOf(column.name());
      ColumnShape shape =
          servedAt < 0
              ? shape(column, train.vectors(), place)
              : shape(column, served.values(), servedAt);
      columns.add(shape);
      place += shape.column().width();
    }
    var histogram = scoreCounts();
    for (double score : scores) {
      histogram.add(new float[] {(float) score}, 0);
    }
    return new TrainingSnapshot(FORMAT, columns, histogram.shape());
  }

  private static ColumnShape shape(LearntColumn column, float[][] vectors, int place) {
    var counts = new ColumnCounts(BinningLearning.of(column, vectors, place));
    for (float[] vector : vectors) {
      counts.add(vector, place);
    }
    return counts.shape();
  }

  /** Counts of scores in the classes that all snapshots have. */
  static ColumnCounts scoreCounts() {
    return new ColumnCounts(SCORES);
  }

  /** Whether the columns are those of vectors in this encoding. */
  public boolean isOf(TableEncoding encoding) {
    return encoding.columns().size() == columns.size()
        && IntStream.range(0, columns.size())
            .allMatch(at -> isOf(encoding.columns().get(at), columns.get(at).column()));
  }

  private static boolean isOf(LearntColumn column, Binning classes) {
    return column.name().equals(classes.name()) && column.categories().equals(classes.categories());
  }

  public byte[] json() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record is always valid JSON", e);
    }
  }

  /** Reads the file. */
  public static TrainingSnapshot parse(byte[] json) throws IOException {
    try {
      TrainingSnapshot snapshot = JSON.readValue(json, TrainingSnapshot.class);
      if (snapshot == null) {
        throw new IOException("it is empty");
      }
      return snapshot;
    } catch (JsonProcessingException e) {
      throw new IOException("it is no snapshot: " + e.getOriginalMessage(), e);
    }
  }
}
