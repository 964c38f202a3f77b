package io.weir.stream.gold;

import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
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
  private long quartersFrom = Long.MIN_VALUE;

  /** The buckets and the side of the event that is being added. */
  private long quarter;

  private long day;
  private boolean isBot;

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
      case IDENTIFY, PAGE_PING, OTHER -> null;
    };
  }

  /** Says that buckets of 15 minutes that start before a time are to be deleted. */
  public void keepQuartersFrom(long start) {
    quartersFrom = start;
  }

  /** Adds an event that was accepted into a session. */
  public void add(EnrichedEvent event) {
    TouchType type = TouchType.of(event.getEventType());
    quarter = SiteTime.quarter(event.getEventTime());
    day = time.day(event.getEventTime());
    isBot = event.getIsBot();
    CellSums counted = counted(event, type);
    addTotal(counted);
    add(Subject.EVENTS, Dimension.EVENT_TYPE, event.getEventType(), counted);
    add(Subject.EVENTS, Dimension.PAGE, PageName.of(event), counted);
    add(Subject.EVENTS, Dimension.DEVICE, event.getDevice(), counted);
    add(Subject.EVENTS, Dimension.COUNTRY, event.getCountry(), counted);
    add(Subject.EVENTS, Dimension.CAMPAIGN, event.getCampaignName(), counted);
    add(Subject.EVENTS, Dimension.SOURCE, event.getCampaignSource(), counted);
    for (Product product : event.getProducts()) {
      add(event, type, product);
    }
  }

  private static CellSums counted(EnrichedEvent event, TouchType type) {
    CellSums counts = Objects.requireNonNull(COUNTS.get(type));
    if (type != TouchType.PURCHASE) {
      return counts;
    }
    BigInteger revenue = BigInteger.valueOf(PurchaseRevenue.of(event));
    return new CellSums().plus(counts).addRevenue(GoldCurrency.of(event.getCurrency()), revenue);
  }

  private void add(EnrichedEvent event, TouchType type, Product product) {
    CellSums counted = counted(event, type, product);
    if (counted != null) {
      add(Subject.PRODUCTS, Dimension.PRODUCT, product.getProductId(), counted);
      add(Subject.PRODUCTS, Dimension.CATEGORY, product.getCategory(), counted);
    }
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

  private void addTotal(CellSums counted) {
    book.add(key(Subject.EVENTS, Grain.DAY, Dimension.ALL, ""), counted);
    if (quarter >= quartersFrom) {
      book.add(key(Subject.EVENTS, Grain.QUARTER, Dimension.ALL, ""), counted);
    }
  }

  private void add(Subject subject, Dimension dimension, @Nullable String text, CellSums counted) {
    String value = GoldValue.of(text);
    String name = book.addNamed(key(subject, Grain.DAY, dimension, value), counted);
    if (quarter >= quartersFrom) {
      book.add(key(subject, Grain.QUARTER, dimension, name), counted);
    }
  }

  private GoldKey key(Subject subject, Grain grain, Dimension dimension, String value) {
    return new GoldKey(subject, grain, dimension, isBot, grain == Grain.DAY ? day : quarter, value);
  }
}
