package io.weir.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The traffic of a shop over about a day, in the order of its arrival: 1 % of the clicks arrive up
 * to ten minutes late, 1 % arrive twice, and 0.5 % are malformed. The same seed makes the same
 * bytes.
 */
final class ClickTraffic {
  private static final long START = Instant.parse("2026-01-15T00:00:00Z").toEpochMilli();
  private static final int FIRST_CLICKS_WITHIN_MILLIS = 6 * 3_600_000;
  private static final double MALFORMED = 0.005;
  private static final double LATE = 0.01;
  private static final double REPEATED = 0.0102;
  private static final int LEAST_DELAY_MILLIS = 1_000;
  private static final int MOST_EXTRA_DELAY_MILLIS = 598_000;
  private static final int REPEATED_WITHIN_MILLIS = 300_000;

  private final SplittableRandom random;
  private final ClickText text;
  private final PriorityQueue<Shopper> shoppers = new PriorityQueue<>();
  private final PriorityQueue<Arrival> delayed =
      new PriorityQueue<>(Comparator.comparingLong(Arrival::at).thenComparingLong(Arrival::number));
  private long number;
  private long lastClick = START;

  ClickTraffic(long seed, int shopperCount) {
    this.random = new SplittableRandom(seed);
    this.text = new ClickText(random);
    for (int i = 0; i < shopperCount; i++) {
      shoppers.add(new Shopper(i, START + random.nextInt(FIRST_CLICKS_WITHIN_MILLIS), random));
    }
  }

  /** What a record means for the truth. */
  enum Kind {
    VALID,
    LATE,
    REPEATED,
    MALFORMED
  }

  /**
   * A record of the raw topic.
   *
   * @param at when it arrives
   * @param time of the click
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Arrival(
      long at,
      long number,
      Kind kind,
      Shopper shopper,
      long time,
      long revenueCents,
      byte[] value) {

    private Arrival again(long later, long nextNumber) {
      return new Arrival(later, nextNumber, Kind.REPEATED, shopper, time, revenueCents, value);
    }
  }

  /** The record that arrives next. */
  Arrival next() {
    while (true) {
      long click = shoppers.element().next();
      Arrival waiting = delayed.peek();
      if (waiting != null && waiting.at() <= click) {
        return delayed.remove();
      }
      Arrival arrival = click();
      if (arrival.at() == click) {
        return arrival;
      }
      delayed.add(arrival);
    }
  }

  private Arrival click() {
    Shopper shopper = shoppers.remove();
    long time = shopper.next();
    lastClick = time;
    String value = text.write(shopper, time);
    Arrival arrival = arrival(shopper, time, value, random.nextDouble());
    if (arrival.kind() == Kind.VALID && random.nextDouble() < REPEATED) {
      delayed.add(arrival.again(time + 1 + random.nextInt(REPEATED_WITHIN_MILLIS), number++));
    }
    shopper.advance(random);
    shoppers.add(shopper);
    return arrival;
  }

  private Arrival arrival(Shopper shopper, long time, String value, double fate) {
    if (fate < MALFORMED) {
      byte[] bad = malformed(value).getBytes(StandardCharsets.UTF_8);
      return new Arrival(time, number++, Kind.MALFORMED, shopper, time, 0, bad);
    }
    boolean isLate = fate < MALFORMED + LATE;
    long delay = isLate ? LEAST_DELAY_MILLIS + random.nextInt(MOST_EXTRA_DELAY_MILLIS) : 0;
    return new Arrival(
        time + delay,
        number++,
        isLate ? Kind.LATE : Kind.VALID,
        shopper,
        time,
        text.revenueCents(),
        value.getBytes(StandardCharsets.UTF_8));
  }

  private String malformed(String value) {
    return switch (random.nextInt(5)) {
      case 0, 1 -> value.substring(0, 30 + random.nextInt(value.length() / 2));
      case 2 -> value.replaceFirst("\"user_id\":\"[^\"]*\"", "\"user_id\":null");
      case 3 -> value.replaceFirst("\"event_time\":\"[^\"]*\"", "\"event_time\":\"yesterday\"");
      default -> value.replaceFirst("\"event_type\":\"[^\"]*\"", "\"event_type\":\"unheard_of\"");
    };
  }

  /** A page view of a user of its own, two days after all others: it closes the sessions. */
  byte[] sentinel(String user) {
    long time = lastClick + 2 * 86_400_000L;
    return text.write(shoppers.element(), time)
        .replaceFirst("\"user_id\":\"[^\"]*\"", "\"user_id\":\"" + user + "\"")
        .replaceFirst("\"event_type\":\"[^\"]*\"", "\"event_type\":\"page_view\"")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Hours from the first moment to the last click. */
  double spanHours() {
    return (lastClick - START) / 3.6e6;
  }
}
