package io.weir.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** A visitor of the simulated shop: sessions of 1 to 40 clicks with at least 31 minutes between. */
final class Shopper implements Comparable<Shopper> {
  private static final int MOST_CLICKS = 40;
  private static final double ANOTHER_CLICK = 0.9;
  private static final long LEAST_THINK_MILLIS = 400;
  private static final double MEAN_THINK_MILLIS = 45_000;
  private static final long MOST_THINK_MILLIS = 20 * 60_000;
  private static final long LEAST_PAUSE_MILLIS = 31 * 60_000;
  private static final double MEAN_PAUSE_MILLIS = 5.2 * 3_600_000;

  /** Part of the shoppers who use the first of the shop's hosts. */
  private static final int MAIN_HOST_IN_TEN = 6;

  final int number;
  final String id;
  final byte[] key;
  final int agent;
  final int address;
  final int host;

  private int session;
  private int clicksLeft;
  private int clicks;
  private String sessionId = "";
  private long next;

  Shopper(int number, long first, SplittableRandom random) {
    this.number = number;
    this.id = "u" + (1_000_000 + number);
    this.key = id.getBytes(StandardCharsets.US_ASCII);
    this.agent = random.nextInt(ClickText.AGENTS.size());
    this.address = random.nextInt();
    this.host = random.nextInt(10) < MAIN_HOST_IN_TEN ? 0 : random.nextInt(ClickText.HOSTS.size());
    this.next = first;
    begin(random);
  }

  private void begin(SplittableRandom random) {
    session++;
    clicks = 0;
    clicksLeft = 1;
    while (clicksLeft < MOST_CLICKS && random.nextDouble() < ANOTHER_CLICK) {
      clicksLeft++;
    }
    sessionId = "s-%x-%d-%08x".formatted(number, session, random.nextLong() & 0xffff_ffffL);
  }

  /** The time of the next click. */
  long next() {
    return next;
  }

  String sessionId() {
    return sessionId;
  }

  /** A number that is the same for all clicks of a session. */
  int sessionHash() {
    return (number * 31 + session) & Integer.MAX_VALUE;
  }

  boolean isFirstClick() {
    return clicks == 0;
  }

  /** Goes on to the next click, of this session or of another. */
  void advance(SplittableRandom random) {
    clicks++;
    clicksLeft--;
    if (clicksLeft > 0) {
      long think = LEAST_THINK_MILLIS + exponential(random, MEAN_THINK_MILLIS);
      next += Math.min(MOST_THINK_MILLIS, think);
    } else {
      next += LEAST_PAUSE_MILLIS + exponential(random, MEAN_PAUSE_MILLIS);
      begin(random);
    }
  }

  private static long exponential(SplittableRandom random, double mean) {
    return (long) (-mean * Math.log(1 - random.nextDouble()));
  }

  /** By the time of the next click. */
  @Override
  public int compareTo(Shopper other) {
    return next == other.next
        ? Integer.compare(number, other.number)
        : Long.compare(next, other.next);
  }
}
