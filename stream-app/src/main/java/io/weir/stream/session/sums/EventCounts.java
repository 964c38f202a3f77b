package io.weir.stream.session.sums;

import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Session;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.touch.TouchType;

/** The number of events of each core type in a session. */
public final class EventCounts {
  private final int[] counts = new int[TouchType.COUNT];

  public void add(int type) {
    counts[type]++;
  }

  void addAll(EventCounts others) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += others.counts[i];
    }
  }

  int of(TouchType type) {
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
  public void fill(Session row) {
    row.setEvents(all());
    row.setPageViews(of(TouchType.PAGE_VIEW));
    row.setProductViews(of(TouchType.PRODUCT_VIEW));
    row.setSearches(of(TouchType.SEARCH));
    row.setAdImpressions(of(TouchType.AD_IMPRESSION));
    row.setAdClicks(of(TouchType.AD_CLICK));
    row.setAddToCarts(of(TouchType.ADD_TO_CART));
    row.setRemoveFromCarts(of(TouchType.REMOVE_FROM_CART));
    row.setCheckouts(of(TouchType.CHECKOUT));
    row.setPurchases(of(TouchType.PURCHASE));
    row.setIdentifies(of(TouchType.IDENTIFY));
    row.setPagePings(of(TouchType.PAGE_PING));
    row.setRefunds(of(TouchType.REFUND));
    row.setOtherEvents(of(TouchType.OTHER));
    boolean isConverted = of(TouchType.PURCHASE) > 0;
    row.setIsBounce(all() == 1);
    row.setIsSingleViewBounce(of(TouchType.PAGE_VIEW) == 1 && passive() == all());
    row.setIsConverted(isConverted);
    row.setIsCartAbandoned(of(TouchType.ADD_TO_CART) > 0 && !isConverted);
  }

  /** The number of events that happen without the visitor doing more than looking at a page. */
  private int passive() {
    return of(TouchType.PAGE_VIEW)
        + of(TouchType.PAGE_PING)
        + of(TouchType.AD_IMPRESSION)
        + of(TouchType.IDENTIFY);
  }

  public void fill(FeatureInputs inputs) {
    inputs.setEvents(all());
    inputs.setPageViews(of(TouchType.PAGE_VIEW));
    inputs.setProductViews(of(TouchType.PRODUCT_VIEW));
    inputs.setSearches(of(TouchType.SEARCH));
    inputs.setAdImpressions(of(TouchType.AD_IMPRESSION));
    inputs.setAdClicks(of(TouchType.AD_CLICK));
    inputs.setAddToCarts(of(TouchType.ADD_TO_CART));
    inputs.setRemoveFromCarts(of(TouchType.REMOVE_FROM_CART));
    inputs.setCheckouts(of(TouchType.CHECKOUT));
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
