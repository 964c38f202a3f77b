package io.weir.model.feature;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The past of one visitor, event by event. An event that is older than the latest one counts, but
 * turns back no clock.
 */
public final class VisitorPast {
  /** A longer pause begins a new session. */
  public static final long SESSION_GAP_MS = 30 * 60_000;

  /** Ads beyond that many are not remembered one by one. */
  static final int MOST_ADS = 500;

  /** What happened in a span of time. */
  static final class Sums {
    private int events;
    private int pageViews;
    private int productViews;
    private int searches;
    private int carts;
    private int purchases;
    private int impressions;
    private int clicks;

    private void add(String type) {
      events++;
      switch (type) {
        case "page_view" -> pageViews++;
        case "product_view" -> productViews++;
        case "search" -> searches++;
        case "add_to_cart" -> carts++;
        case "purchase" -> purchases++;
        case "ad_impression" -> impressions++;
        case "ad_click" -> clicks++;
        default -> {
          // Counts as an event only.
        }
      }
    }

    int events() {
      return events;
    }

    int pageViews() {
      return pageViews;
    }

    int productViews() {
      return productViews;
    }

    int searches() {
      return searches;
    }

    int carts() {
      return carts;
    }

    int purchases() {
      return purchases;
    }

    int impressions() {
      return impressions;
    }

    int clicks() {
      return clicks;
    }
  }

  /** One ad and this visitor. */
  static final class AdPast {
    private int impressions;
    private int clicks;
    private long latestImpression = Long.MIN_VALUE;

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

  private final Sums all = new Sums();
  private final Map<String, AdPast> ads = new HashMap<>();
  private Sums session = new Sums();
  private int sessions;
  private long start;
  private long latest;
  private long pause = -1;
  private @Nullable VisitorEvent first;

  /** Adds an event. Features of an event are asked for before it is added. */
  public void add(VisitorEvent event) {
    if (isNewSession(event.time())) {
      pause = sessions == 0 ? -1 : event.time() - latest;
      sessions++;
      session = new Sums();
      start = event.time();
      first = event;
    }
    latest = sessions == 1 && session.events == 0 ? event.time() : Math.max(latest, event.time());
    session.add(event.type());
    all.add(event.type());
    if (event.ad() != null && (event.isImpression() || event.isClick())) {
      addAd(event, event.ad());
    }
  }

  private void addAd(VisitorEvent event, String ad) {
    AdPast past = ads.get(ad);
    if (past == null) {
      if (ads.size() >= MOST_ADS) {
        return;
      }
      past = new AdPast();
      ads.put(ad, past);
    }
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

  /** The first event of the session. */
  @Nullable VisitorEvent first() {
    return first;
  }

  @Nullable AdPast ad(String ad) {
    return ads.get(ad);
  }
}
