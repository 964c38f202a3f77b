package io.weir.stream.query.overview;

import io.weir.contract.avro.Session;
import io.weir.stream.query.overview.CountsAnswer.Top;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sum of this instance's open sessions and of other instances' counts. */
final class CountsSum {
  private final Map<String, Long> types = new TreeMap<>();
  private final Map<String, Long> pages = new HashMap<>();
  private final Map<String, Long> products = new HashMap<>();
  private long open;
  private long visitors;
  private boolean isComplete = true;

  void add(OpenSessions.Snapshot snapshot) {
    open += snapshot.count();
    visitors += snapshot.visitors();
    isComplete &= snapshot.isComplete();
    for (Session session : snapshot.sessions()) {
      addTypes(session);
      session.getPages().forEach(page -> pages.merge(page, 1L, Long::sum));
      session.getProducts().forEach(product -> products.merge(product, 1L, Long::sum));
    }
  }

  private void addTypes(Session session) {
    add("page_view", session.getPageViews());
    add("product_view", session.getProductViews());
    add("search", session.getSearches());
    add("ad_impression", session.getAdImpressions());
    add("ad_click", session.getAdClicks());
    add("add_to_cart", session.getAddToCarts());
    add("remove_from_cart", session.getRemoveFromCarts());
    add("checkout", session.getCheckouts());
    add("purchase", session.getPurchases() + session.getRepeatedPurchases());
    add("refund", session.getRefunds());
    add("identify", session.getIdentifies());
    add("page_ping", session.getPagePings());
    add("other", session.getOtherEvents());
  }

  private void add(String type, long events) {
    if (events > 0) {
      types.merge(type, events, Long::sum);
    }
  }

  void add(CountsAnswer other) {
    open += other.openSessions();
    visitors += other.visitors();
    isComplete &= other.complete();
    other.eventsByType().forEach(this::add);
    other.topPages().forEach(top -> pages.merge(top.name(), top.sessions(), Long::sum));
    other.topProducts().forEach(top -> products.merge(top.name(), top.sessions(), Long::sum));
  }

  /**
   * @param most entries of the top lists
   * @param answered instances that took part
   */
  CountsAnswer answer(int most, int answered, List<String> missing) {
    return new CountsAnswer(
        open,
        visitors,
        types,
        top(pages, most),
        top(products, most),
        isComplete && missing.isEmpty(),
        answered,
        missing);
  }

  private static List<Top> top(Map<String, Long> counts, int most) {
    return counts.entrySet().stream()
        .map(entry -> new Top(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingLong(Top::sessions).reversed().thenComparing(Top::name))
        .limit(most)
        .toList();
  }
}
