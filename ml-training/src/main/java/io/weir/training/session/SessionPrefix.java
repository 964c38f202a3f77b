package io.weir.training.session;

import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Session;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first events of a session: what its record said just after them. It fills the record by the
 * rules of the stream, whose full-length result it must equal.
 */
final class SessionPrefix {
  private final Session whole;
  private final int[] counts = new int[SessionStep.TYPES.size() + 1];
  private final Set<Long> pages = new HashSet<>();
  private final Set<Long> products = new HashSet<>();
  private final List<SessionStep> steps;
  private int size;
  private int known;
  private long longestGap;
  private @Nullable String last;
  private long lastPrice;

  /**
   * A prefix without an event.
   *
   * @param whole the session as it became; only its origin and its history are read
   * @param steps its events in order
   */
  SessionPrefix(Session whole, List<SessionStep> steps) {
    this.whole = whole;
    this.steps = steps;
  }

  /** Goes on to so many events. */
  void extendTo(int events) {
    while (size < events) {
      SessionStep step = steps.get(size);
      if (size > 0) {
        longestGap = Math.max(longestGap, step.time() - steps.get(size - 1).time());
      }
      counts[step.type()]++;
      known |= step.known();
      if (step.page() != 0) {
        pages.add(step.page());
      }
      for (long product : step.products()) {
        products.add(product);
      }
      last = step.isOf("identify") ? last : step.name();
      lastPrice = step.price() > 0 ? step.price() : lastPrice;
      size++;
    }
  }

  /** The record as of now. Of the origin only what the events so far have told. */
  Session session() {
    // No builder: its defaults ask Avro for classes, which it refuses in a process without topics.
    var session = new Session();
    session.setStartTime(whole.getStartTime());
    session.setVisitorSessionNumber(whole.getVisitorSessionNumber());
    session.setMsSincePreviousSession(whole.getMsSincePreviousSession());
    session.setReferrerClass(known(SessionStep.REFERRER, whole.getReferrerClass()));
    session.setCampaignSource(known(SessionStep.CAMPAIGN, whole.getCampaignSource()));
    session.setCampaignMedium(known(SessionStep.CAMPAIGN, whole.getCampaignMedium()));
    session.setCampaignName(known(SessionStep.CAMPAIGN, whole.getCampaignName()));
    session.setDevice(known(SessionStep.DEVICE, whole.getDevice()));
    session.setBrowser(known(SessionStep.BROWSER, whole.getBrowser()));
    session.setOs(known(SessionStep.OS, whole.getOs()));
    session.setCountry(known(SessionStep.COUNTRY, whole.getCountry()));
    session.setEntryPage(pages.isEmpty() ? null : whole.getEntryPage());
    session.setFeatures(inputs());
    Long view = first("product_view", Long.MIN_VALUE);
    Long cart = view == null ? null : first("add_to_cart", view);
    session.setFunnelViewTime(view);
    session.setFunnelCartTime(cart);
    session.setFunnelCheckoutTime(cart == null ? null : first("checkout", cart));
    return session;
  }

  /** The first known value of a session is that of its first event that has one. */
  private @Nullable String known(int bit, @Nullable String value) {
    return (known & bit) == 0 ? null : value;
  }

  private @Nullable Long first(String type, long from) {
    for (SessionStep step : steps.subList(0, size)) {
      if (step.time() >= from && step.isOf(type)) {
        return step.time();
      }
    }
    return null;
  }

  FeatureInputs inputs() {
    var inputs = new FeatureInputs();
    inputs.setEvents(size);
    inputs.setDurationMs(size == 0 ? 0 : steps.get(size - 1).time() - whole.getStartTime());
    int type = 0;
    inputs.setPageViews(counts[type++]);
    inputs.setProductViews(counts[type++]);
    inputs.setSearches(counts[type++]);
    inputs.setAdImpressions(counts[type++]);
    inputs.setAdClicks(counts[type++]);
    inputs.setAddToCarts(counts[type++]);
    inputs.setRemoveFromCarts(counts[type++]);
    inputs.setCheckouts(counts[type]);
    inputs.setUniquePages(pages.size());
    inputs.setUniqueProducts(products.size());
    inputs.setLongestGapMs(longestGap);
    // A record of an earlier version has none of these, so its prefixes must not have them either.
    if (whole.getFeatures().getLastEvent() != null) {
      inputs.setLastEvent(last);
      inputs.setLastPriceE4(lastPrice == 0 ? null : lastPrice);
    }
    return inputs;
  }
}
