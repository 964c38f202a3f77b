package io.weir.lake.gold;

import io.weir.contract.avro.ScoreReason;
import java.util.List;
import java.util.StringJoiner;

/** The reasons of a score as gold shows them. */
final class GoldReasons {
  private GoldReasons() {}

  /** A JSON array, e.g. {@code [{"feature":"device","value":"mobile","contribution":-0.25}]}. */
  static String json(List<ScoreReason> reasons) {
    var json = new StringJoiner(",", "[", "]");
    for (ScoreReason each : reasons) {
      String value = each.getValue();
      json.add(
          "{\"feature\":\"%s\",\"value\":%s,\"contribution\":%s}"
              .formatted(
                  GoldRevenue.escaped(each.getFeature()),
                  value == null ? "null" : '"' + GoldRevenue.escaped(value) + '"',
                  Double.isFinite(each.getContribution()) ? each.getContribution() : "null"));
    }
    return json.toString();
  }
}
