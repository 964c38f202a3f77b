package io.weir.training.click;

import io.weir.model.feature.VisitorEvent;
import io.weir.training.session.LabelledRows;
import io.weir.training.session.LakeSessions.Range;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Impressions whose clicks follow a known chance: some ads and the first position do better. */
public final class PlantedImpressions {
  static final long START = 1_760_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final int ADS = 20;

  private PlantedImpressions() {}

  /** Visitors with one to nine impressions each, over ten days. */
  public static ImpressionSet planted(int visitors, long seed) {
    var random = new Random(seed);
    var set = new ImpressionSet(new LabelledRows.Source("planted", null, Range.ALL));
    for (int visitor = 0; visitor < visitors; visitor++) {
      long time = START + random.nextInt(10 * 24 * 60) * MINUTE;
      int impressions = 1 + random.nextInt(9);
      for (int number = 0; number < impressions; number++) {
        time += random.nextInt(5 * 60) * 1_000L;
        int ad = random.nextInt(ADS);
        int position = 1 + random.nextInt(3);
        add(set, visitor, impression("ad-" + ad, position, time));
        if (random.nextDouble() < chance(ad, position)) {
          time += 2_000;
          add(set, visitor, event("ad_click", "ad-" + ad, null, time));
        }
      }
    }
    return set;
  }

  static double chance(int ad, int position) {
    double odds = Math.exp(-3.2 + (ad < 4 ? 1.8 : 0) - 0.8 * (position - 1));
    return odds / (1 + odds);
  }

  private static void add(ImpressionSet set, int visitor, VisitorEvent event) {
    set.add("visitor-" + visitor, visitor + "-" + event.time() + event.type(), false, event);
  }

  static VisitorEvent impression(String ad, int position, long time) {
    return event("ad_impression", ad, Integer.toString(position), time);
  }

  static VisitorEvent event(
      String type, @Nullable String ad, @Nullable String position, long time) {
    return new VisitorEvent(
        type, time, ad, position, "/", "mobile", "chrome", "android", "us", "direct", null, false);
  }
}
