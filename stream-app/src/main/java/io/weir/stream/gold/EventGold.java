package io.weir.stream.gold;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;
import io.weir.stream.gold.days.SiteTime;
import io.weir.stream.session.sums.PurchaseRevenue;
import io.weir.stream.session.text.PageName;
import io.weir.stream.session.touch.TouchType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Adds accepted events and their products to the book, at the time of the event. {@link SideGold}
 * moves them to the other side when their session turns out to be a robot's.
 */
public final class EventGold {
  /** The breakdowns of all events. Their order is stored. Searches have one more: their term. */
  static final List<Breakdown> BREAKDOWNS =
      List.of(
          Breakdown.EVENTS,
          Breakdown.EVENTS_BY_TYPE,
          Breakdown.EVENTS_BY_PAGE,
          Breakdown.EVENTS_BY_DEVICE,
          Breakdown.EVENTS_BY_COUNTRY,
          Breakdown.EVENTS_BY_CAMPAIGN,
          Breakdown.EVENTS_BY_SOURCE,
          Breakdown.EVENTS_BY_APP);

  /** What an event of a type counts, without amounts. Not to be changed. */
  static final Map<TouchType, CellSums> COUNTS = counts();

  /** What an event counts for each of its products. Not to be changed. */
  static final CellSums VIEWED = new CellSums().add(Measure.PRODUCT_VIEWS, 1);

  static final CellSums ADDED = new CellSums().add(Measure.ADD_TO_CARTS, 1);
  static final CellSums REMOVED = new CellSums().add(Measure.REMOVE_FROM_CARTS, 1);

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
      case REFUND -> Measure.REFUNDS;
      // A purchase counts as such by its order.
      case PURCHASE, IDENTIFY, PAGE_PING, OTHER -> null;
    };
  }

  /** Adds an event that was accepted into a session and is no purchase of an order. */
  public void add(EnrichedEvent event, boolean isBot) {
    TouchType type = TouchType.of(event.getEventType());
    Place place = place(isBot, event.getEventTime());
    CellSums counted = type == TouchType.PURCHASE ? purchase(event) : counted(event, type);
    add(place, event, counted);
    if (event.getSearchTerm() != null) {
      add(place, Breakdown.EVENTS_BY_SEARCH_TERM, event.getSearchTerm(), counted);
    }
    for (Product product : event.getProducts()) {
      CellSums ofProduct = counted(event, type, product);
      if (ofProduct != null) {
        add(place, Breakdown.PRODUCTS_BY_PRODUCT, product.getProductId(), ofProduct);
        add(place, Breakdown.PRODUCTS_BY_CATEGORY, product.getCategory(), ofProduct);
      }
    }
  }

  /** Adds a purchase that repeats an order: an event, and no more. */
  public void addRepeated(EnrichedEvent event, boolean isBot) {
    add(place(isBot, event.getEventTime()), event, counted(event, TouchType.PURCHASE));
  }

  /** Adds a purchase that counts, until an earlier one of its order turns up. */
  public PurchaseFacts addFirst(EnrichedEvent event, boolean isBot) {
    addRepeated(event, isBot);
    Place place = place(isBot, event.getEventTime());
    var names = new ArrayList<String>(BREAKDOWNS.size());
    for (Breakdown breakdown : BREAKDOWNS) {
      names.add(name(place, breakdown, value(event, breakdown)));
    }
    var lines = new ArrayList<PurchaseFacts.Line>(event.getProducts().size());
    for (Product each : event.getProducts()) {
      lines.add(
          new PurchaseFacts.Line(
              name(place, Breakdown.PRODUCTS_BY_PRODUCT, each.getProductId()),
              name(place, Breakdown.PRODUCTS_BY_CATEGORY, each.getCategory()),
              each.getQuantity(),
              revenue(each)));
    }
    BigInteger amount = BigInteger.valueOf(PurchaseRevenue.of(event));
    String currency = GoldCurrency.of(event.getCurrency());
    var facts = new PurchaseFacts(isBot, event.getIsBot(), names, currency, amount, lines);
    addAll(facts, place, false);
    return facts;
  }

  /** Takes back what a purchase of that time added. */
  public void takeBack(PurchaseFacts facts, long at) {
    addAll(facts, place(facts.isBot(), at), true);
  }

  /** Moves what a purchase of that time added to the other side. */
  public PurchaseFacts move(PurchaseFacts facts, long at) {
    takeBack(facts, at);
    Place place = place(!facts.isBot(), at);
    var names = new ArrayList<String>(facts.names().size());
    names.add("");
    for (int i = 1; i < facts.names().size(); i++) {
      names.add(book.name(place, BREAKDOWNS.get(i), facts.names().get(i)));
    }
    List<PurchaseFacts.Line> lines =
        facts.lines().stream()
            .map(line ->
                new PurchaseFacts.Line(
                    book.name(place, Breakdown.PRODUCTS_BY_PRODUCT, line.product()),
                    book.name(place, Breakdown.PRODUCTS_BY_CATEGORY, line.category()),
                    line.quantity(),
                    line.revenue()))
            .toList();
    var moved =
        new PurchaseFacts(
            !facts.isBot(), facts.isAgents(), names, facts.currency(), facts.amount(), lines);
    addAll(moved, place, false);
    return moved;
  }

  private void addAll(PurchaseFacts facts, Place place, boolean isNegative) {
    CellSums sums = isNegative ? facts.sums().negated() : facts.sums();
    for (int i = 0; i < facts.names().size(); i++) {
      book.addAs(place, BREAKDOWNS.get(i), facts.names().get(i), sums);
    }
    for (PurchaseFacts.Line line : facts.lines()) {
      CellSums own = line.sums(facts.currency());
      CellSums ofLine = isNegative ? own.negated() : own;
      book.addAs(place, Breakdown.PRODUCTS_BY_PRODUCT, line.product(), ofLine);
      book.addAs(place, Breakdown.PRODUCTS_BY_CATEGORY, line.category(), ofLine);
    }
  }

  private Place place(boolean isBot, long at) {
    return new Place(isBot, SiteTime.quarter(at), time.day(at));
  }

  private void add(Place place, EnrichedEvent event, CellSums counted) {
    book.addAs(place, Breakdown.EVENTS, "", counted);
    for (int i = 1; i < BREAKDOWNS.size(); i++) {
      Breakdown breakdown = BREAKDOWNS.get(i);
      add(place, breakdown, value(event, breakdown), counted);
    }
  }

  private static @Nullable String value(EnrichedEvent event, Breakdown breakdown) {
    return switch (breakdown) {
      case EVENTS -> "";
      case EVENTS_BY_TYPE -> event.getEventType();
      case EVENTS_BY_PAGE -> PageName.of(event);
      case EVENTS_BY_DEVICE -> event.getDevice();
      case EVENTS_BY_COUNTRY -> event.getCountry();
      case EVENTS_BY_CAMPAIGN -> event.getCampaignName();
      case EVENTS_BY_SOURCE -> event.getCampaignSource();
      case EVENTS_BY_APP -> event.getAppId();
      default -> throw new IllegalArgumentException(breakdown + " is not of events");
    };
  }

  /**
   * Adds an event that came too late for any session. It is in no other number, and its bucket may
   * be final for all others.
   */
  public void addLate(EnrichedEvent event) {
    Place place = place(event.getIsBot(), event.getEventTime());
    TouchType type = TouchType.of(event.getEventType());
    CellSums counted = type == TouchType.PURCHASE ? purchase(event) : counted(event, type);
    book.addAs(place, Breakdown.LATE, "", counted);
    add(place, Breakdown.LATE_BY_TYPE, event.getEventType(), counted);
  }

  private void add(Place place, Breakdown breakdown, @Nullable String text, CellSums counted) {
    book.add(place, breakdown, GoldValue.of(text), counted);
  }

  private String name(Place place, Breakdown breakdown, @Nullable String text) {
    return breakdown == Breakdown.EVENTS ? "" : book.name(place, breakdown, GoldValue.of(text));
  }

  private static CellSums counted(EnrichedEvent event, TouchType type) {
    CellSums counts = Objects.requireNonNull(COUNTS.get(type));
    if (type != TouchType.REFUND) {
      return counts;
    }
    return new CellSums()
        .plus(counts)
        .addRefunded(
            GoldCurrency.of(event.getCurrency()), BigInteger.valueOf(PurchaseRevenue.of(event)));
  }

  private static CellSums purchase(EnrichedEvent event) {
    return new CellSums()
        .add(Measure.EVENTS, 1)
        .add(Measure.PURCHASES, 1)
        .addRevenue(
            GoldCurrency.of(event.getCurrency()), BigInteger.valueOf(PurchaseRevenue.of(event)));
  }

  private static @Nullable CellSums counted(EnrichedEvent event, TouchType type, Product product) {
    return switch (type) {
      case PRODUCT_VIEW -> VIEWED;
      case ADD_TO_CART -> ADDED;
      case REMOVE_FROM_CART -> REMOVED;
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
