package io.weir.training.session;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;
import io.weir.training.table.TextHash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as the features of a session see it. It has no texts: many are held at once.
 *
 * @param order among events of equal times: a hash of the event's id, another one than the stream's
 * @param type its place in {@link #TYPES}, or beyond them
 * @param known what the event tells about the origin, one bit each
 * @param page a hash of the page; 0 if the event names none
 * @param products hashes of the products
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a list would box
record SessionStep(long time, long order, byte type, byte known, long page, long[] products) {
  static final int REFERRER = 1;
  static final int CAMPAIGN = 1 << 1;
  static final int DEVICE = 1 << 2;
  static final int BROWSER = 1 << 3;
  static final int OS = 1 << 4;
  static final int COUNTRY = 1 << 5;

  /** The types that features count. */
  static final List<String> TYPES =
      List.of(
          "page_view",
          "product_view",
          "search",
          "ad_impression",
          "ad_click",
          "add_to_cart",
          "remove_from_cart",
          "checkout");

  private static final long[] NOTHING = {};

  static SessionStep of(EnrichedEvent event) {
    int type = TYPES.indexOf(event.getEventType());
    return new SessionStep(
        event.getEventTime(),
        TextHash.of(event.getEventId(), 0),
        (byte) (type < 0 ? TYPES.size() : type),
        known(event),
        page(event),
        products(event.getProducts()));
  }

  private static byte known(EnrichedEvent event) {
    boolean hasCampaign = event.getCampaignSource() != null || event.getCampaignName() != null;
    int known = bit(event.getReferrerClass() != null, REFERRER);
    known |= bit(hasCampaign, CAMPAIGN);
    known |= bit(event.getDevice() != null, DEVICE);
    known |= bit(event.getBrowser() != null, BROWSER);
    known |= bit(event.getOs() != null, OS);
    return (byte) (known | bit(event.getCountry() != null, COUNTRY));
  }

  private static int bit(boolean isSet, int bit) {
    return isSet ? bit : 0;
  }

  /** The page as the stream names it: domain and path, else the whole address. */
  private static long page(EnrichedEvent event) {
    String path = event.getUrlPath();
    if (path == null) {
      return hash(event.getUrl());
    }
    return hash(event.getUrlDomain() == null ? path : event.getUrlDomain() + path);
  }

  private static long hash(@Nullable String page) {
    return page == null ? 0 : TextHash.of(page, 0) | 1;
  }

  private static long[] products(@Nullable List<Product> products) {
    return products == null || products.isEmpty()
        ? NOTHING
        : products.stream().mapToLong(product -> TextHash.of(product.getProductId(), 0)).toArray();
  }

  boolean isOf(String wanted) {
    return type < TYPES.size() && TYPES.get(type).equals(wanted);
  }
}
