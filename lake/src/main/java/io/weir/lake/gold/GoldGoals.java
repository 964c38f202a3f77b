package io.weir.lake.gold;

import io.weir.contract.avro.GoalCounts;
import java.util.List;
import java.util.StringJoiner;

/** The goals of a session as gold shows them. */
final class GoldGoals {
  private GoldGoals() {}

  /** A JSON object by goal, e.g. {@code {"signed_up":{"events":1,"value":{"EUR":12.5000}}}}. */
  static String json(List<GoalCounts> goals) {
    var json = new StringJoiner(",", "{", "}");
    for (GoalCounts each : goals) {
      json.add(
          "\"%s\":{\"events\":%d,\"value\":%s}"
              .formatted(
                  GoldRevenue.escaped(each.getGoal()),
                  each.getEvents(),
                  GoldRevenue.json(each.getValueE4())));
    }
    return json.toString();
  }
}
