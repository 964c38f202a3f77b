package io.weir.model.feature;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The past of one visitor, event by event. An event that is older than the latest one counts, but
 * turns back no clock. Its size is limited, whatever producers send.
 */
public final class VisitorPast {
  /** A longer pause begins a new session. */
  public static final long SESSION_GAP_MS = 30 * 60_000;

  /** So many ads are remembered one by one: those seen or clicked last. */
  static final int MOST_ADS = 32;

  /** What happened in a span of time. */
  static final class Sums {
    /** Counted in this order; {@code events} counts all. */
    private static final List<String> TYPES =
        List.of(
            "page_view",
            "product_view",
            "search",
            "add_to_cart",
            "purchase",
            "ad_impression",
            "ad_click");

    static final int SIZE = TYPES.size() + 1;

    private final int[] counts;

    Sums() {
      this(new int[SIZE]);
    }

    /** Stored sums, which take over the array. */
    Sums(int[] counts) {
      this.counts = counts;
    }

    /** The array itself: the number of events, then that of each type. */
    int[] counts() {
      return counts;
    }

    private void add(String type) {
      counts[0]++;
      int known = TYPES.indexOf(type);
      if (known >= 0) {
        counts[known + 1]++;
      }
    }

    int events() {
      return counts[0];
    }

    int pageViews() {
      return counts[1];
    }

    int productViews() {
      return counts[2];
    }

    int searches() {
      return counts[3];
    }

    int carts() {
      return counts[4];
    }

    int purchases() {
      return counts[5];
    }

    int impressions() {
      return counts[6];
    }

    int clicks() {
      return counts[7];
    }
  }

  /** One ad and this visitor. */
  static final class AdPast {
    private int impressions;
    private int clicks;
    private long latestImpression = Long.MIN_VALUE;

    AdPast() {}

    /** A stored one. */
    AdPast(int impressions, int clicks, long latestImpression) {
      this.impressions = impressions;
      this.clicks = clicks;
      this.latestImpression = latestImpression;
    }

    int impressions() {
      return impressions;
    }

    int clicks() {
      return clicks;
    }

    long latestImpression() {
      return latestImpression;
    }
  }

  private final Sums all;

  /** By the hash of the ad's id, the one seen last at the end. */
  private final SequencedMap<Long, AdPast> ads = new LinkedHashMap<>();

  private Sums session;
  private int sessions;
  private long start;
  private long latest;
  private long pause = -1;
  private SessionOrigin origin = SessionOrigin.UNKNOWN;

  /** A visitor without any event. */
  public VisitorPast() {
    this(new Sums(), new Sums());
  }

  VisitorPast(Sums all, Sums session) {
    this.all = all;
    this.session = session;
  }

  /** Adds an event. Features of an event are asked for before it is added. */
  public void add(VisitorEvent event) {
    if (isNewSession(event.time())) {
      pause = sessions == 0 ? -1 : event.time() - latest;
      sessions++;
      session = new Sums();
      start = event.time();
      origin = SessionOrigin.of(event);
    }
    latest = sessions == 1 && session.events() == 0 ? event.time() : Math.max(latest, event.time());
    session.add(event.type());
    all.add(event.type());
    if (event.ad() != null && (event.isImpression() || event.isClick())) {
      addAd(event, event.ad());
    }
  }

  private void addAd(VisitorEvent event, String ad) {
    AdPast past = ads.remove(hash(ad));
    if (past == null) {
      past = new AdPast();
      if (ads.size() >= MOST_ADS) {
        ads.pollFirstEntry();
      }
    }
    ads.put(hash(ad), past);
    if (event.isClick()) {
      past.clicks++;
    } else {
      past.impressions++;
      past.latestImpression = Math.max(past.latestImpression, event.time());
    }
  }

  /** Whether an event at that time would begin a session. */
  boolean isNewSession(long time) {
    return sessions == 0 || time - latest > SESSION_GAP_MS;
  }

  Sums all() {
    return all;
  }

  Sums session() {
    return session;
  }

  int sessions() {
    return sessions;
  }

  long start() {
    return start;
  }

  /** The time of the latest event. */
  long latest() {
    return latest;
  }

  /** The time between this session and the one before; negative if there is none. */
  long pause() {
    return pause;
  }

  /** Where the session came from. */
  SessionOrigin origin() {
    return origin;
  }

  @Nullable AdPast ad(String ad) {
    return ads.get(hash(ad));
  }

  /** The remembered ads by the hash of their id, the one seen last at the end. */
  SequencedMap<Long, AdPast> ads() {
    return ads;
  }

  /** Takes the rest of a past that was stored. */
  void restore(int sessions, Clocks clocks, SessionOrigin origin) {
    this.sessions = sessions;
    this.start = clocks.start();
    this.latest = clocks.latest();
    this.pause = clocks.pause();
    this.origin = origin;
  }

  /** The times of a past. */
  record Clocks(long start, long latest, long pause) {}

  Clocks clocks() {
    return new Clocks(start, latest, pause);
  }

  /**
   * FNV-1a: ids of ads have any length, a hash has eight bytes. Anybody can craft two ids with one
   * hash, and gains nothing by it. A past lies in the store under the visitor's whole id, and the
   * hash only tells ads of one visitor apart, so no visitor gets another's past. Whoever sends an
   * event of such an ad could send one of the other ad as well. A past has at most {@link
   * #MOST_ADS} ads, so collisions cost no time. Ids of ads are the shop's: advertisers who chose
   * them could count another's ad as theirs, in the features of one visitor.
   */
  private static long hash(String ad) {
    long hash = 0xcbf29ce484222325L;
    for (int at = 0; at < ad.length(); at++) {
      hash = (hash ^ ad.charAt(at)) * 0x100000001b3L;
    }
    return hash;
  }
}
