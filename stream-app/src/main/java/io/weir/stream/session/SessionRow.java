package io.weir.stream.session;

import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills the contract's session from a slice: one pass over its touches. */
final class SessionRow {
  /** Lists are capped, in order of first appearance; the counts beside them are true. */
  static final int LISTED = 50;

  /** All texts of one list. */
  static final int LISTED_BYTES = 64 << 10;

  private static final int PURCHASE = EventType.PURCHASE.code();

  private final VisitorState state;
  private final Slice slice;
  private final int[] counts = new int[EventType.COUNT];
  private final RefSet pages;
  private final RefSet products;
  private final RefSet categories;
  private final Session row = new Session();
  private @Nullable FeatureInputs features;
  private int lateEvents;
  private long longestGap;

  private SessionRow(VisitorState state, Slice slice) {
    this.state = state;
    this.slice = slice;
    this.pages = new RefSet(state.texts.size());
    this.products = new RefSet(state.texts.size());
    this.categories = new RefSet(state.texts.size());
  }

  /** Its revision is 0 until somebody knows better. */
  static Session of(String visitor, VisitorState state, Slice slice, SessionRules rules) {
    Session row = new SessionRow(state, slice).fill(visitor);
    String reason = row.getIsBot() ? "agent" : Behaviour.of(slice).botReason(rules.bots());
    row.setBotReason(reason);
    row.setIsBot(reason != null);
    return row;
  }

  static Session retracted(String visitor, long start, int revision) {
    Session row = new Session();
    row.setSessionKey(SessionKey.of(visitor, start));
    row.setRevision(revision);
    row.setIsRetracted(true);
    row.setVisitorId(visitor);
    row.setStartTime(start);
    row.setEndTime(start);
    row.setPages(List.of());
    row.setProducts(List.of());
    row.setCategories(List.of());
    row.setRevenueE4(new HashMap<>());
    row.setFeatures(new FeatureInputs());
    return row;
  }

  private Session fill(String visitor) {
    row.setSessionKey(SessionKey.of(visitor, slice.start()));
    row.setRevision(0);
    row.setVisitorId(visitor);
    row.setStartTime(slice.start());
    row.setEndTime(slice.end());
    row.setDurationMs(slice.end() - slice.start());
    row.setEvents(slice.to() - slice.from());
    row.setVisitorSessionNumber(slice.number());
    if (slice.previousEnd() != VisitorState.NEVER) {
      row.setMsSincePreviousSession(slice.start() - slice.previousEnd());
    }
    row.setRevenueE4(new HashMap<>());
    for (int i = slice.from(); i < slice.to(); i++) {
      add(state.touches.get(i), i);
    }
    setCounts();
    setSets();
    setFlags();
    row.setFeatures(features == null ? featuresAt(slice.to()) : features);
    return row;
  }

  private void add(Touch touch, int at) {
    if (touch.type == PURCHASE && features == null) {
      features = featuresAt(at);
    }
    if (at > slice.from()) {
      longestGap = Math.max(longestGap, touch.time - state.touches.get(at - 1).time);
    }
    counts[touch.type]++;
    lateEvents += touch.isLate ? 1 : 0;
    pages.add(touch.page);
    for (int i = 0; i < touch.products.length; i += 2) {
      products.add(touch.products[i]);
      categories.add(touch.products[i + 1]);
    }
    if (touch.type == PURCHASE) {
      String currency = state.texts.text(touch.currency);
      row.getRevenueE4().merge(currency == null ? "" : currency, touch.revenue, Revenue::plus);
    }
    if (touch.page != Touch.NONE) {
      String page = state.texts.text(touch.page);
      row.setExitPage(page);
      if (row.getEntryPage() == null) {
        row.setEntryPage(page);
      }
    }
    if (touch.user != Touch.NONE) {
      row.setUserId(state.texts.text(touch.user));
    }
    SessionOrigin.add(row, state.contexts.get(touch.context), state.texts);
  }

  private FeatureInputs featuresAt(int end) {
    var inputs = new FeatureInputs();
    int events = end - slice.from();
    inputs.setEvents(events);
    inputs.setDurationMs(events == 0 ? 0 : state.touches.get(end - 1).time - slice.start());
    inputs.setPageViews(count(EventType.PAGE_VIEW));
    inputs.setProductViews(count(EventType.PRODUCT_VIEW));
    inputs.setSearches(count(EventType.SEARCH));
    inputs.setAdImpressions(count(EventType.AD_IMPRESSION));
    inputs.setAdClicks(count(EventType.AD_CLICK));
    inputs.setAddToCarts(count(EventType.ADD_TO_CART));
    inputs.setRemoveFromCarts(count(EventType.REMOVE_FROM_CART));
    inputs.setCheckouts(count(EventType.CHECKOUT));
    inputs.setUniquePages(pages.size());
    inputs.setUniqueProducts(products.size());
    inputs.setLongestGapMs(longestGap);
    return inputs;
  }

  private int count(EventType type) {
    return counts[type.code()];
  }

  private void setCounts() {
    row.setPageViews(count(EventType.PAGE_VIEW));
    row.setProductViews(count(EventType.PRODUCT_VIEW));
    row.setSearches(count(EventType.SEARCH));
    row.setAdImpressions(count(EventType.AD_IMPRESSION));
    row.setAdClicks(count(EventType.AD_CLICK));
    row.setAddToCarts(count(EventType.ADD_TO_CART));
    row.setRemoveFromCarts(count(EventType.REMOVE_FROM_CART));
    row.setCheckouts(count(EventType.CHECKOUT));
    row.setPurchases(count(EventType.PURCHASE));
    row.setIdentifies(count(EventType.IDENTIFY));
    row.setPagePings(count(EventType.PAGE_PING));
    row.setOtherEvents(count(EventType.OTHER));
  }

  private void setSets() {
    row.setUniquePages(pages.size());
    row.setPages(listed(pages));
    row.setUniqueProducts(products.size());
    row.setProducts(listed(products));
    row.setUniqueCategories(categories.size());
    row.setCategories(listed(categories));
  }

  private List<String> listed(RefSet refs) {
    int count = Math.min(refs.size(), LISTED);
    var list = new ArrayList<String>(count);
    int left = LISTED_BYTES;
    for (int i = 0; i < count; i++) {
      String text = state.texts.text(refs.inOrder(i));
      left -= state.texts.bytes(refs.inOrder(i));
      if (text == null || left < 0) {
        break;
      }
      list.add(text);
    }
    return list;
  }

  private void setFlags() {
    boolean isConverted = count(EventType.PURCHASE) > 0;
    row.setLateEvents(lateEvents);
    row.setIsBounce(row.getEvents() == 1);
    row.setIsConverted(isConverted);
    row.setIsCartAbandoned(count(EventType.ADD_TO_CART) > 0 && !isConverted);
  }
}
