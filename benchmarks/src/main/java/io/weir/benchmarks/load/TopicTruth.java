package io.weir.benchmarks.load;

import io.weir.benchmarks.measure.RunLine;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The counts that every engine must find in a loaded topic. */
final class TopicTruth {
  private static final long GAP_MILLIS = 1_800_000;

  private final Times[] times;
  private long bytes;
  private long events;
  private long valid;
  private long late;
  private long duplicates;
  private long malformed;
  private long revenueCents;

  TopicTruth(int shoppers) {
    this.times = new Times[shoppers];
    Arrays.setAll(times, _ -> new Times());
  }

  /** The click times of one shopper. */
  private static final class Times {
    private long[] millis = new long[8];
    private int count;

    void add(long time) {
      if (count == millis.length) {
        millis = Arrays.copyOf(millis, 2 * count);
      }
      millis[count++] = time;
    }

    /** A gap strictly longer than 30 minutes begins another session. */
    int sessions() {
      Arrays.sort(millis, 0, count);
      int sessions = count == 0 ? 0 : 1;
      for (int i = 1; i < count; i++) {
        if (millis[i] - millis[i - 1] > GAP_MILLIS) {
          sessions++;
        }
      }
      return sessions;
    }
  }

  void take(ClickTraffic.Arrival arrival) {
    events++;
    bytes += arrival.value().length;
    switch (arrival.kind()) {
      case REPEATED -> duplicates++;
      case MALFORMED -> malformed++;
      case LATE -> {
        late++;
        takeValid(arrival);
      }
      case VALID -> takeValid(arrival);
    }
  }

  private void takeValid(ClickTraffic.Arrival arrival) {
    valid++;
    revenueCents += arrival.revenueCents();
    times[arrival.shopper().number].add(arrival.time());
  }

  /** The counts by name, in the order in which the loader prints them. */
  Map<String, String> figures() {
    var figures = new LinkedHashMap<String, String>();
    figures.put("events", Long.toString(events));
    figures.put("users", Integer.toString(times.length));
    figures.put("valid_distinct", Long.toString(valid));
    figures.put("duplicates", Long.toString(duplicates));
    figures.put("malformed", Long.toString(malformed));
    figures.put("late", Long.toString(late));
    figures.put("sessions", Long.toString(sessions()));
    figures.put("revenue_cents", Long.toString(revenueCents));
    figures.put("avg_bytes", RunLine.rounded(bytes / (double) events, 0));
    return figures;
  }

  private long sessions() {
    return Arrays.stream(times).mapToLong(Times::sessions).sum();
  }
}
