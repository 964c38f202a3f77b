package io.weir.simulator.truth;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The impressions and clicks of the truth, by ad. It answers for one session after the other, in
 * the order of visitor and time.
 */
final class AdTruth {
  private static final long MATCH_MS = 30 * 60_000;
  private static final int CLICK = 1;

  private final int timeBits;
  private final List<Ad> ads = new ArrayList<>();

  AdTruth(int timeBits) {
    this.timeBits = timeBits;
  }

  /** The events of one ad: visitor, time and whether it is a click, and how far they were read. */
  private static final class Ad {
    private final LongList events = new LongList();
    private int next;
  }

  void add(int ad, int visitor, long offset, boolean isClick) {
    while (ads.size() <= ad) {
      ads.add(new Ad());
    }
    ads.get(ad).events.add(packed(visitor, offset) | (isClick ? CLICK : 0));
  }

  private long packed(int visitor, long offset) {
    return ((long) visitor << timeBits | offset) << 1;
  }

  /** Begins anew with the first session. */
  void start() {
    for (Ad ad : ads) {
      ad.events.sort();
      ad.next = 0;
    }
  }

  /** The clicks that match the latest impression before them, in the session that ends then. */
  int matched(int visitor, long end) {
    long last = packed(visitor, end) | CLICK;
    int matched = 0;
    for (Ad ad : ads) {
      var open = new ArrayDeque<Long>();
      while (ad.next < ad.events.size() && ad.events.get(ad.next) <= last) {
        long event = ad.events.get(ad.next++);
        if ((event & CLICK) == 0) {
          open.push(event);
        } else if (!open.isEmpty() && (event - open.peek()) >>> 1 <= MATCH_MS) {
          open.pop();
          matched++;
        }
      }
    }
    return matched;
  }
}
