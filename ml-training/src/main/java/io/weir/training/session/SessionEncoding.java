package io.weir.training.session;

import io.weir.model.feature.Feature;
import io.weir.model.feature.FeatureSchema;
import io.weir.training.table.ColumnKind;
import io.weir.training.table.LearntColumn;
import io.weir.training.table.TableEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The features of sessions in the terms of a table, for the report and the list of features. */
public final class SessionEncoding {
  private SessionEncoding() {}

  public static TableEncoding current() {
    var columns = new ArrayList<LearntColumn>();
    for (Feature feature : Feature.values()) {
      if (feature.kind() == Feature.Kind.WORD) {
        columns.add(new LearntColumn(feature.fieldName(), ColumnKind.CATEGORY, feature.words()));
      } else {
        for (String place : feature.places()) {
          columns.add(new LearntColumn(place, ColumnKind.NUMBER, List.of()));
        }
      }
    }
    return new TableEncoding(columns, Map.of());
  }

  /** The places of the vector whose higher value never makes a purchase less likely. */
  public static Set<Integer> increasing() {
    return Set.of(
        FeatureSchema.place(Feature.ADD_TO_CARTS), FeatureSchema.place(Feature.CHECKOUTS));
  }
}
