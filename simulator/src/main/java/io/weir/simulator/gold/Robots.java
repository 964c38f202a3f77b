package io.weir.simulator.gold;

import io.weir.simulator.visit.Deed;
import io.weir.simulator.visit.EventType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules by which a visitor is taken for a robot: the agent, or the behaviour in a session. */
final class Robots {
  private static final long MINUTE = 60_000;
  private static final int MOST_IN_A_MINUTE = 120;
  private static final int STEADY_VIEWS = 20;
  private static final double STEADY = 0.1;
  private static final int DISTINCT_VIEWS = 100;

  private Robots() {}

  static @Nullable String reason(List<Deed> session) {
    if (session.getFirst().person().isBot()) {
      return "agent";
    }
    if (isFast(session)) {
      return "rate";
    }
    List<Deed> views =
        session.stream()
            .filter(
                deed -> deed.type() == EventType.PAGE_VIEW || deed.type() == EventType.PRODUCT_VIEW)
            .toList();
    if (views.size() >= STEADY_VIEWS && isSteady(views)) {
      return "rhythm";
    }
    boolean isNew = views.stream().map(Deed::page).distinct().count() == views.size();
    return views.size() >= DISTINCT_VIEWS && isNew ? "pages" : null;
  }

  private static boolean isFast(List<Deed> session) {
    long[] times =
        session.stream()
            .filter(deed ->
                deed.type() != EventType.AD_IMPRESSION && deed.type() != EventType.PAGE_PING)
            .mapToLong(Deed::time)
            .toArray();
    for (int i = MOST_IN_A_MINUTE; i < times.length; i++) {
      if (times[i] - times[i - MOST_IN_A_MINUTE] < MINUTE) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSteady(List<Deed> views) {
    int pauses = views.size() - 1;
    double mean = (double) (views.getLast().time() - views.getFirst().time()) / pauses;
    double squares = 0;
    for (int i = 1; i < views.size(); i++) {
      double difference = views.get(i).time() - views.get(i - 1).time() - mean;
      squares += difference * difference;
    }
    return mean > 0 && squares / pauses <= STEADY * STEADY * mean * mean;
  }
}
