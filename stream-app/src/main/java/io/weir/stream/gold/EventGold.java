package io.weir.stream.gold;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;
import io.weir.stream.gold.days.SiteTime;
import io.weir.stream.session.sums.PurchaseRevenue;
import io.weir.stream.session.text.PageName;
import io.weir.stream.session.touch.TouchType;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Adds accepted events and their products to the book, at the time of the event. An event is a
 * robot's if its own agent says so: it does not move when its session turns out to be a robot's.
 */
public final class EventGold {
  private static final Map<TouchType, CellSums> COUNTS = counts();

  private final GoldBook book;
  private final SiteTime time;

  public EventGold(GoldBook book, SiteTime time) {
    this.book = book;
    this.time = time;
  }

  private static Map<TouchType, CellSums> counts() {
    var counts = new EnumMap<TouchType, CellSums>(TouchType.class);
    for (TouchType type : TouchType.values()) {
      CellSums sums = new CellSums().add(Measure.EVENTS, 1);
      Measure own = measure(type);
      counts.put(type, own == null ? sums : sums.add(own, 1));
    }
    return counts;
  }

  private static @Nullable Measure measure(TouchType type) {
    return switch (type) {
      case PAGE_VIEW -> Measure.PAGE_VIEWS;
      case PRODUCT_VIEW -> Measure.PRODUCT_VIEWS;
      case SEARCH -> Measure.SEARCHES;
      case AD_IMPRESSION -> Measure.AD_IMPRESSIONS;
      case AD_CLICK -> Measure.AD_CLICKS;
      case ADD_TO_CART -> Measure.ADD_TO_CARTS;
      case REMOVE_FROM_CART -> Measure.REMOVE_FROM_CARTS;
      case CHECKOUT -> Measure.CHECKOUTS;
      case PURCHASE -> Measure.PURCHASES;
      case REFUND -> Measure.REFUNDS;
      case IDENTIFY, PAGE_PING, OTHER -> null;
    };
  }

  /** Adds an event that was accepted into a session. */
  public void add(EnrichedEvent event) {
    TouchType type = TouchType.of(event.getEventType());
    long at = event.getEventTime();
    var place = new Place(event.getIsBot(), SiteTime.quarter(at), time.day(at));
    CellSums counted = counted(event, type);
    book.addAs(place, Breakdown.EVENTS, "", counted);
    add(place, Breakdown.EVENTS_BY_TYPE, event.getEventType(), counted);
    add(place, Breakdown.EVENTS_BY_PAGE, PageName.of(event), counted);
    add(place, Breakdown.EVENTS_BY_DEVICE, event.getDevice(), counted);
    add(place, Breakdown.EVENTS_BY_COUNTRY, event.getCountry(), counted);
    add(place, Breakdown.EVENTS_BY_CAMPAIGN, event.getCampaignName(), counted);
    add(place, Breakdown.EVENTS_BY_SOURCE, event.getCampaignSource(), counted);
    add(place, Breakdown.EVENTS_BY_APP, event.getAppId(), counted);
    for (Product product : event.getProducts()) {
      CellSums ofProduct = counted(event, type, product);
      if (ofProduct != null) {
        add(place, Breakdown.PRODUCTS_BY_PRODUCT, product.getProductId(), ofProduct);
        add(place, Breakdown.PRODUCTS_BY_CATEGORY, product.getCategory(), ofProduct);
      }
    }
  }

  /**
   * Adds an event that came too late for any session. It is in no other number, and its bucket may
   * be final for all others.
   */
  public void addLate(EnrichedEvent event) {
    long at = event.getEventTime();
    var place = new Place(event.getIsBot(), SiteTime.quarter(at), time.day(at));
    CellSums counted = counted(event, TouchType.of(event.getEventType()));
    book.addAs(place, Breakdown.LATE, "", counted);
    add(place, Breakdown.LATE_BY_TYPE, event.getEventType(), counted);
  }

  private void add(Place place, Breakdown breakdown, @Nullable String text, CellSums counted) {
    book.add(place, breakdown, GoldValue.of(text), counted);
  }

  private static CellSums counted(EnrichedEvent event, TouchType type) {
    CellSums counts = Objects.requireNonNull(COUNTS.get(type));
    if (type != TouchType.PURCHASE && type != TouchType.REFUND) {
      return counts;
    }
    BigInteger amount = BigInteger.valueOf(PurchaseRevenue.of(event));
    String currency = GoldCurrency.of(event.getCurrency());
    CellSums sums = new CellSums().plus(counts);
    return type == TouchType.PURCHASE
        ? sums.addRevenue(currency, amount)
        : sums.addRefunded(currency, amount);
  }

  private static @Nullable CellSums counted(EnrichedEvent event, TouchType type, Product product) {
    return switch (type) {
      case PRODUCT_VIEW -> new CellSums().add(Measure.PRODUCT_VIEWS, 1);
      case ADD_TO_CART -> new CellSums().add(Measure.ADD_TO_CARTS, 1);
      case REMOVE_FROM_CART -> new CellSums().add(Measure.REMOVE_FROM_CARTS, 1);
      case PURCHASE ->
          new CellSums()
              .add(Measure.PURCHASES, 1)
              .add(Measure.QUANTITY, product.getQuantity())
              .addRevenue(GoldCurrency.of(event.getCurrency()), revenue(product));
      default -> null;
    };
  }

  private static BigInteger revenue(Product product) {
    Long price = product.getPriceE4();
    return price == null
        ? BigInteger.ZERO
        : BigInteger.valueOf(price).multiply(BigInteger.valueOf(product.getQuantity()));
  }
}
