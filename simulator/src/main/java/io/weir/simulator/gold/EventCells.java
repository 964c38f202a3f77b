package io.weir.simulator.gold;

import io.weir.simulator.visit.Deed;
import io.weir.simulator.visit.EventType;
import io.weir.simulator.visit.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events and their products by their own time. */
final class EventCells {
  static final GoldNumber[] OF_EVENTS = {
    GoldNumber.EVENTS,
    GoldNumber.PAGE_VIEWS,
    GoldNumber.PRODUCT_VIEWS,
    GoldNumber.SEARCHES,
    GoldNumber.AD_IMPRESSIONS,
    GoldNumber.AD_CLICKS,
    GoldNumber.ADD_TO_CARTS,
    GoldNumber.REMOVE_FROM_CARTS,
    GoldNumber.CHECKOUTS,
    GoldNumber.PURCHASES
  };

  private static final GoldNumber[] OF_PRODUCTS = {
    GoldNumber.PRODUCT_VIEWS,
    GoldNumber.ADD_TO_CARTS,
    GoldNumber.REMOVE_FROM_CARTS,
    GoldNumber.PURCHASES,
    GoldNumber.QUANTITY
  };

  private final TrueCells quarters = new TrueCells(TrueCells.QUARTER);
  private final TrueCells days = new TrueCells(Days.DAY);
  private final TrueCells products = new TrueCells(Days.DAY);

  EventCells(Histories histories, List<Deed> others) {
    for (GoldSession session : histories.sessions()) {
      session.deeds.forEach(deed -> add(deed, session.isBot(), session.isRepeated(deed)));
    }
    others.forEach(deed -> add(deed, false, false));
  }

  /** A robot's event is one of a robot's agent, or of a session that behaves like a robot's. */
  private void add(Deed deed, boolean isOfRobots, boolean isRepeated) {
    var place = new TrueCells.Place(deed.time(), deed.person().isBot() || isOfRobots);
    Sums sums = sums(deed, isRepeated);
    add(place, "", "", sums);
    add(place, "event_type", deed.type().code(), sums);
    days.add(place, "page", deed.page(), sums);
    add(place, "device", deed.person().machine().device(), sums);
    add(place, "country", deed.person().country(), sums);
    World.Campaign campaign = deed.campaign();
    add(place, "campaign", campaign == null ? "" : campaign.name(), sums);
    add(place, "source", campaign == null ? "" : campaign.source(), sums);
    add(place, "app", deed.app(), sums);
    if (deed.type() == EventType.SEARCH) {
      days.add(place, "search_term", deed.label(), sums);
    }
    for (Deed.Line line : deed.lines()) {
      Sums ofLine = sums(deed, line, isRepeated);
      if (ofLine != null) {
        products.add(place, "product", line.product(), ofLine);
        products.add(place, "category", line.category(), ofLine);
      }
    }
  }

  private void add(TrueCells.Place place, String dimension, @Nullable String value, Sums sums) {
    quarters.add(place, dimension, value, sums);
    days.add(place, dimension, value, sums);
  }

  /** What an event adds. A repeated purchase is an event and no more. */
  static Sums sums(Deed deed, boolean isRepeated) {
    var sums = new Sums().add(GoldNumber.EVENTS, 1);
    String currency = deed.person().currency();
    switch (deed.type()) {
      case PAGE_VIEW -> sums.add(GoldNumber.PAGE_VIEWS, 1);
      case PRODUCT_VIEW -> sums.add(GoldNumber.PRODUCT_VIEWS, 1);
      case SEARCH -> sums.add(GoldNumber.SEARCHES, 1);
      case AD_IMPRESSION -> sums.add(GoldNumber.AD_IMPRESSIONS, 1);
      case AD_CLICK -> sums.add(GoldNumber.AD_CLICKS, 1);
      case ADD_TO_CART -> sums.add(GoldNumber.ADD_TO_CARTS, 1);
      case REMOVE_FROM_CART -> sums.add(GoldNumber.REMOVE_FROM_CARTS, 1);
      case CHECKOUT -> sums.add(GoldNumber.CHECKOUTS, 1);
      case REFUND -> sums.add(GoldNumber.REFUNDS, 1).refunded.add(currency, deed.cents());
      case PURCHASE -> {
        if (!isRepeated) {
          sums.add(GoldNumber.PURCHASES, 1).revenue.add(currency, deed.cents());
        }
      }
      case IDENTIFY, PAGE_PING -> {}
    }
    return sums;
  }

  private static @Nullable Sums sums(Deed deed, Deed.Line line, boolean isRepeated) {
    if (isRepeated) {
      return null;
    }
    return switch (deed.type()) {
      case PRODUCT_VIEW -> new Sums().add(GoldNumber.PRODUCT_VIEWS, 1);
      case ADD_TO_CART -> new Sums().add(GoldNumber.ADD_TO_CARTS, 1);
      case REMOVE_FROM_CART -> new Sums().add(GoldNumber.REMOVE_FROM_CARTS, 1);
      case PURCHASE -> {
        var sums =
            new Sums().add(GoldNumber.PURCHASES, 1).add(GoldNumber.QUANTITY, line.quantity());
        sums.revenue.add(deed.person().currency(), line.cents() * line.quantity());
        yield sums;
      }
      default -> null;
    };
  }

  List<Table> tables() {
    String numbers = TrueCells.columns(OF_EVENTS) + " revenue";
    var byQuarter = new Table("gold.events_15m", "bucket_start is_bot dimension value", numbers);
    var byDay =
        new Table("gold.events_daily", "bucket_start is_bot dimension value", "day " + numbers);
    var ofProducts =
        new Table(
            "gold.products_daily",
            "bucket_start is_bot dimension value",
            "day " + TrueCells.columns(OF_PRODUCTS) + " revenue");
    quarters.each((key, sums) -> key.start(byQuarter).numbers(sums, OF_EVENTS).money(sums.revenue));
    days.each((key, sums) ->
        key.start(byDay).day(key.day()).numbers(sums, OF_EVENTS).money(sums.revenue));
    products.each((key, sums) ->
        key.start(ofProducts).day(key.day()).numbers(sums, OF_PRODUCTS).money(sums.revenue));
    return List.of(byQuarter, byDay, ofProducts);
  }
}
