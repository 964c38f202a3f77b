package io.weir.training.session;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;
import io.weir.training.table.TextHash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as the features of a session see it. It has no texts: many are held at once.
 *
 * @param order among events of equal times: the hash of the event's id that the stream orders by
 * @param type its place in {@link #TYPES}, or beyond them
 * @param known what the event tells about the origin, one bit each
 * @param page a hash of the page; 0 if the event names none
 * @param products hashes of the products
 * @param price of the first product of a product view; 0 if it has none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a list would box
record SessionStep(
    long time, long order, byte type, byte known, long page, long[] products, long price) {
  static final int REFERRER = 1;
  static final int CAMPAIGN = 1 << 1;
  static final int DEVICE = 1 << 2;
  static final int BROWSER = 1 << 3;
  static final int OS = 1 << 4;
  static final int COUNTRY = 1 << 5;

  /** The types of the contract but purchase: first those that features count, in their order. */
  static final List<String> TYPES =
      List.of(
          "page_view",
          "product_view",
          "search",
          "ad_impression",
          "ad_click",
          "add_to_cart",
          "remove_from_cart",
          "checkout",
          "page_ping",
          "refund",
          "identify");

  /** What the stream calls all other types. */
  private static final String OTHER = "other";

  private static final long[] NOTHING = {};

  static SessionStep of(EnrichedEvent event) {
    int type = TYPES.indexOf(event.getEventType());
    return new SessionStep(
        event.getEventTime(),
        EventOrder.of(event.getEventId()),
        (byte) (type < 0 ? TYPES.size() : type),
        known(event),
        page(event),
        products(event.getProducts()),
        event.getEventType().equals("product_view") ? price(event.getProducts()) : 0);
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

  private static long price(@Nullable List<Product> products) {
    Long price = products == null || products.isEmpty() ? null : products.getFirst().getPriceE4();
    return price == null ? 0 : Math.max(0, price);
  }

  boolean isOf(String wanted) {
    return name().equals(wanted);
  }

  /** The name of the type as the stream's record has it. */
  String name() {
    return type < TYPES.size() ? TYPES.get(type) : OTHER;
  }
}
