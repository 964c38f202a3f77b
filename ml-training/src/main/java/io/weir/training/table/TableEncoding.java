package io.weir.training.table;

import io.weir.model.feature.ModelFeature;
import io.weir.process.StartupException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The way from a row of text to a vector of features, learnt from the training part alone.
 *
 * @param columns the used columns, in the order of the table
 * @param leftOut the reason for each column that is not used
 */
public record TableEncoding(List<LearntColumn> columns, Map<String, String> leftOut) {

  public TableEncoding {
    columns = List.copyOf(columns);
  }

  /** The features of a model in the terms of a table, for the report and the list of features. */
  public static TableEncoding of(ModelFeature... features) {
    var columns = new ArrayList<LearntColumn>();
    for (ModelFeature feature : features) {
      if (feature.words().isEmpty()) {
        feature
            .places()
            .forEach(place -> columns.add(new LearntColumn(place, ColumnKind.NUMBER, List.of())));
      } else {
        columns.add(new LearntColumn(feature.fieldName(), ColumnKind.CATEGORY, feature.words()));
      }
    }
    return new TableEncoding(columns, Map.of());
  }

  /**
   * Learns the kinds and categories.
   *
   * @param not the columns that the model must not see, with the reason
   */
  public static TableEncoding learn(TextColumns table, Map<String, String> not, int[] rows) {
    var columns = new ArrayList<LearntColumn>();
    var leftOut = new LinkedHashMap<>(not);
    for (String name : table.names()) {
      if (not.containsKey(name)) {
        continue;
      }
      var learning = new ColumnLearning(name, table.column(name), rows);
      learning
          .refusal()
          .ifPresentOrElse(
              reason -> leftOut.put(name, reason), () -> columns.add(learning.learnt()));
    }
    if (columns.isEmpty()) {
      throw new StartupException("there is no usable column: " + leftOut);
    }
    var encoding = new TableEncoding(columns, leftOut);
    encoding.requireUniqueNames();
    return encoding;
  }

  /** The names of all features, in the order of the vector. */
  public List<String> features() {
    return columns.stream().flatMap(column -> column.features().stream()).toList();
  }

  /** The vectors of some rows. */
  public FeatureRows encode(TextColumns table, boolean[] labels, int[] rows) {
    int width = columns.stream().mapToInt(LearntColumn::width).sum();
    var vectors = new float[rows.length][width];
    var outcomes = new boolean[rows.length];
    int at = 0;
    for (LearntColumn column : columns) {
      String[] values = table.column(column.name());
      for (int index = 0; index < rows.length; index++) {
        column.encode(values[rows[index]], vectors[index], at);
      }
      at += column.width();
    }
    for (int index = 0; index < rows.length; index++) {
      outcomes[index] = labels[rows[index]];
    }
    return new FeatureRows(vectors, outcomes);
  }

  private void requireUniqueNames() {
    var seen = new HashSet<String>();
    for (String feature : features()) {
      if (!seen.add(feature)) {
        throw new StartupException(
            "two columns give a feature of the name \""
                + feature
                + "\": leave one out with --drop");
      }
    }
  }
}
