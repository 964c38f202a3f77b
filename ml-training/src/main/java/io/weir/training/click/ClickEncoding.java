package io.weir.training.click;

import io.weir.model.feature.ClickFeature;
import io.weir.training.table.ColumnKind;
import io.weir.training.table.LearntColumn;
import io.weir.training.table.TableEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The features of impressions in the terms of a table, for the report and the list of features. */
public final class ClickEncoding {
  private ClickEncoding() {}

  public static TableEncoding current() {
    var columns = new ArrayList<LearntColumn>();
    for (ClickFeature feature : ClickFeature.values()) {
      if (!feature.words().isEmpty()) {
        columns.add(new LearntColumn(feature.fieldName(), ColumnKind.CATEGORY, feature.words()));
      } else {
        for (String place : feature.places()) {
          columns.add(new LearntColumn(place, ColumnKind.NUMBER, List.of()));
        }
      }
    }
    return new TableEncoding(columns, Map.of());
  }
}
