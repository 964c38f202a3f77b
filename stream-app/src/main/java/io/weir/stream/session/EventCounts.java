package io.weir.stream.session;

import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Session;

/** How many events of each core type a session has. */
final class EventCounts {
  private final int[] counts = new int[EventType.COUNT];

  void add(int type) {
    counts[type]++;
  }

  void addAll(EventCounts others) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += others.counts[i];
    }
  }

  int of(EventType type) {
    return counts[type.code()];
  }

  int all() {
    int all = 0;
    for (int count : counts) {
      all += count;
    }
    return all;
  }

  /** The counts, and what follows from them alone. */
  void fill(Session row) {
    row.setEvents(all());
    row.setPageViews(of(EventType.PAGE_VIEW));
    row.setProductViews(of(EventType.PRODUCT_VIEW));
    row.setSearches(of(EventType.SEARCH));
    row.setAdImpressions(of(EventType.AD_IMPRESSION));
    row.setAdClicks(of(EventType.AD_CLICK));
    row.setAddToCarts(of(EventType.ADD_TO_CART));
    row.setRemoveFromCarts(of(EventType.REMOVE_FROM_CART));
    row.setCheckouts(of(EventType.CHECKOUT));
    row.setPurchases(of(EventType.PURCHASE));
    row.setIdentifies(of(EventType.IDENTIFY));
    row.setPagePings(of(EventType.PAGE_PING));
    row.setOtherEvents(of(EventType.OTHER));
    boolean isConverted = of(EventType.PURCHASE) > 0;
    row.setIsBounce(all() == 1);
    row.setIsConverted(isConverted);
    row.setIsCartAbandoned(of(EventType.ADD_TO_CART) > 0 && !isConverted);
  }

  void fill(FeatureInputs inputs) {
    inputs.setEvents(all());
    inputs.setPageViews(of(EventType.PAGE_VIEW));
    inputs.setProductViews(of(EventType.PRODUCT_VIEW));
    inputs.setSearches(of(EventType.SEARCH));
    inputs.setAdImpressions(of(EventType.AD_IMPRESSION));
    inputs.setAdClicks(of(EventType.AD_CLICK));
    inputs.setAddToCarts(of(EventType.ADD_TO_CART));
    inputs.setRemoveFromCarts(of(EventType.REMOVE_FROM_CART));
    inputs.setCheckouts(of(EventType.CHECKOUT));
  }

  void write(ByteWriter out) {
    for (int count : counts) {
      out.varint(count);
    }
  }

  static EventCounts read(ByteReader in) {
    var read = new EventCounts();
    for (int i = 0; i < read.counts.length; i++) {
      read.counts[i] = in.varint();
    }
    return read;
  }
}
