package io.weir.local.topic;

import static java.util.Map.entry;

import io.weir.contract.avro.Session;
import io.weir.local.compare.SessionRow;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reduces session revisions to the live sessions: the newest revision of each, unless it is a
 * retraction.
 */
public final class LatestSessions {
  private final Map<String, Integer> revisions = new HashMap<>();
  private final Map<String, SessionRow> live = new HashMap<>();
  private final Predicate<String> ignoredVisitors;

  /** A reduction that leaves some visitors out. */
  public LatestSessions(Predicate<String> ignoredVisitors) {
    this.ignoredVisitors = ignoredVisitors;
  }

  /** Adds a record of the topic, in any order. */
  public void add(Session session) {
    if (ignoredVisitors.test(session.getVisitorId())) {
      return;
    }
    String key = session.getSessionKey();
    @Nullable Integer known = revisions.get(key);
    if (known != null && known > session.getRevision()) {
      return;
    }
    revisions.put(key, session.getRevision());
    if (session.getIsRetracted()) {
      live.remove(key);
    } else {
      live.put(key, row(session));
    }
  }

  public Collection<SessionRow> rows() {
    return live.values();
  }

  private static SessionRow row(Session session) {
    return new SessionRow(
        session.getVisitorId(), session.getStartTime(), session.getEndTime(), values(session));
  }

  private static Map<String, String> values(Session session) {
    return Map.ofEntries(
        entry("events", "" + session.getEvents()),
        entry("duration_ms", "" + session.getDurationMs()),
        entry("page_views", "" + session.getPageViews()),
        entry("product_views", "" + session.getProductViews()),
        entry("searches", "" + session.getSearches()),
        entry("add_to_cart", "" + session.getAddToCarts()),
        entry("remove_from_cart", "" + session.getRemoveFromCarts()),
        entry("checkouts", "" + session.getCheckouts()),
        entry("purchases", "" + session.getPurchases()),
        entry("ad_impressions", "" + session.getAdImpressions()),
        entry("ad_clicks", "" + session.getAdClicks()),
        entry("distinct_products", "" + session.getUniqueProducts()),
        entry("revenue", revenue(session).toPlainString()),
        entry("converted", "" + session.getIsConverted()),
        entry("cart_abandoned", "" + session.getIsCartAbandoned()),
        entry("engaged_ms", "" + session.getEngagedMs()),
        entry("engaged", "" + session.getIsEngaged()),
        entry("single_view_bounce", "" + session.getIsSingleViewBounce()),
        entry("funnel_step", "" + session.getFunnelStep()),
        entry("matched_clicks", "" + session.getMatchedClicks()));
  }

  /** The revenue over all currencies, because the expected tables have one sum. */
  private static BigDecimal revenue(Session session) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Long amount : session.getRevenueE4().values()) {
      sum = sum.add(BigDecimal.valueOf(amount, 4));
    }
    return sum;
  }
}
