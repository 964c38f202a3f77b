package io.weir.training.returning;

import io.weir.model.feature.ReturnFeature;
import io.weir.training.table.ColumnKind;
import io.weir.training.table.LearntColumn;
import io.weir.training.table.TableEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The features of returns in the terms of a table, for the report and the list of features. */
public final class ReturnEncoding {
  private ReturnEncoding() {}

  public static TableEncoding current() {
    var columns = new ArrayList<LearntColumn>();
    for (ReturnFeature feature : ReturnFeature.values()) {
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
