package io.weir.stream.query.metrics;

import static io.weir.stream.gold.Measure.ABANDONED_SESSIONS;
import static io.weir.stream.gold.Measure.ADD_TO_CARTS;
import static io.weir.stream.gold.Measure.AD_CLICKS;
import static io.weir.stream.gold.Measure.AD_IMPRESSIONS;
import static io.weir.stream.gold.Measure.BOUNCED_SESSIONS;
import static io.weir.stream.gold.Measure.CART_SESSIONS;
import static io.weir.stream.gold.Measure.CHECKOUTS;
import static io.weir.stream.gold.Measure.CHECKOUT_SESSIONS;
import static io.weir.stream.gold.Measure.CONVERTED_SESSIONS;
import static io.weir.stream.gold.Measure.DURATION_MS;
import static io.weir.stream.gold.Measure.EVENTS;
import static io.weir.stream.gold.Measure.GOAL_EVENTS;
import static io.weir.stream.gold.Measure.GOAL_SESSIONS;
import static io.weir.stream.gold.Measure.LATE_EVENTS;
import static io.weir.stream.gold.Measure.MATCHED_CLICKS;
import static io.weir.stream.gold.Measure.PAGE_VIEWS;
import static io.weir.stream.gold.Measure.PRODUCT_VIEWS;
import static io.weir.stream.gold.Measure.PURCHASES;
import static io.weir.stream.gold.Measure.QUANTITY;
import static io.weir.stream.gold.Measure.REFUNDS;
import static io.weir.stream.gold.Measure.REMOVE_FROM_CARTS;
import static io.weir.stream.gold.Measure.SEARCHES;
import static io.weir.stream.gold.Measure.SESSIONS;

import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Subject;
import io.weir.stream.gold.Measure;
import io.weir.stream.gold.SessionFacts;
import io.weir.stream.query.metrics.Formula.Amount;
import io.weir.stream.query.metrics.Formula.VisitorKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The registry of all metrics. The table in {@code docs/metrics.md} is held equal to it. */
public final class Metrics {
  private static final String COUNT = "count";
  private static final String RATE = "rate";
  private static final String MONEY = "money by currency";

  private static final List<Dimension> OF_SESSIONS = SessionFacts.DIMENSIONS;
  private static final List<Dimension> OF_ADS =
      Stream.concat(
              OF_SESSIONS.stream(), Stream.of(Dimension.AD, Dimension.POSITION, Dimension.PAGE))
          .toList();
  private static final List<Dimension> OF_GOALS =
      Stream.concat(OF_SESSIONS.stream(), Stream.of(Dimension.GOAL)).toList();
  private static final List<Dimension> OF_SEARCHES =
      Stream.concat(OF_SESSIONS.stream(), Stream.of(Dimension.SEARCH_TERM)).toList();
  private static final List<Dimension> OF_EVENTS =
      List.of(
          Dimension.EVENT_TYPE,
          Dimension.PAGE,
          Dimension.DEVICE,
          Dimension.COUNTRY,
          Dimension.CAMPAIGN,
          Dimension.SOURCE,
          Dimension.APP);
  private static final List<Dimension> OF_PRODUCTS = List.of(Dimension.PRODUCT, Dimension.CATEGORY);

  private static final List<Dimension> OF_CARTS =
      List.of(
          Dimension.PRODUCT,
          Dimension.CATEGORY,
          Dimension.DEVICE,
          Dimension.COUNTRY,
          Dimension.CAMPAIGN,
          Dimension.SOURCE,
          Dimension.APP);

  private static final List<MetricDefinition> ALL =
      List.of(
          session("sessions", "Closed sessions.", SESSIONS),
          session("converted_sessions", "Sessions with a purchase.", CONVERTED_SESSIONS),
          session("bounced_sessions", "Sessions of one event.", BOUNCED_SESSIONS),
          session("cart_sessions", "Sessions with an add_to_cart.", CART_SESSIONS),
          session("checkout_sessions", "Sessions with a checkout.", CHECKOUT_SESSIONS),
          session(
              "abandoned_sessions",
              "Sessions with an add_to_cart and no purchase.",
              ABANDONED_SESSIONS),
          rate(
              "conversion_rate",
              "The share of sessions with a purchase.",
              CONVERTED_SESSIONS,
              SESSIONS),
          rate("bounce_rate", "The share of sessions of one event.", BOUNCED_SESSIONS, SESSIONS),
          rate(
              "cart_abandonment_rate",
              "The share of sessions without a purchase among those with an add_to_cart.",
              ABANDONED_SESSIONS,
              CART_SESSIONS),
          perSession(
              "average_session_duration",
              "The time from the first to the last event of a session, on average.",
              new Formula.Ratio(DURATION_MS, SESSIONS, 1000),
              "seconds"),
          perSession(
              "average_engaged_time",
              "The time in which a session sent page pings, on average.",
              new Formula.RowMean("engaged_ms", 1000),
              "seconds"),
          perSession(
              "engagement_rate",
              "The share of sessions with 10 s of pings, two page views or a purchase.",
              new Formula.RowMean("is_engaged::int", 1),
              RATE),
          perSession(
              "events_per_session",
              "Events of a session, on average.",
              new Formula.Ratio(EVENTS, SESSIONS, 1),
              "events"),
          perSession(
              "pages_per_session",
              "Page views of a session, on average.",
              new Formula.Ratio(PAGE_VIEWS, SESSIONS, 1),
              "page views"),
          session("purchases", "Purchases of sessions, each order once.", PURCHASES),
          money("revenue", "The value of the purchases of sessions.", Amount.REVENUE),
          session("refunds", "Refund events of sessions.", REFUNDS),
          money("refunded", "The value of the refunds of sessions.", Amount.REFUNDED),
          money("net_revenue", "Revenue of sessions without what was refunded.", Amount.NET),
          session("page_views", "Page views of sessions.", PAGE_VIEWS),
          session("product_views", "Product views of sessions.", PRODUCT_VIEWS),
          new MetricDefinition(
              "searches",
              "Searches of sessions.",
              Subject.SESSIONS,
              new Formula.Sum(SEARCHES),
              COUNT,
              OF_SEARCHES),
          session("add_to_carts", "Events add_to_cart of sessions.", ADD_TO_CARTS),
          session("remove_from_carts", "Events remove_from_cart of sessions.", REMOVE_FROM_CARTS),
          session("checkouts", "Events checkout of sessions.", CHECKOUTS),
          ads("ad_impressions", "Ad impressions of sessions.", new Formula.Sum(AD_IMPRESSIONS)),
          ads("ad_clicks", "Ad clicks of sessions.", new Formula.Sum(AD_CLICKS)),
          ads(
              "matched_clicks",
              "Ad clicks that follow an impression of the ad within 30 minutes.",
              new Formula.Sum(MATCHED_CLICKS)),
          ads(
              "ctr",
              "The share of ad impressions that were clicked within 30 minutes.",
              new Formula.Ratio(MATCHED_CLICKS, AD_IMPRESSIONS, 1)),
          ads(
              "click_through_rate",
              "Ad clicks for each ad impression, of the same sessions.",
              new Formula.Ratio(AD_CLICKS, AD_IMPRESSIONS, 1)),
          goals(
              "goal_events",
              "Events of sessions that fulfil a goal, for each goal.",
              new Formula.Sum(GOAL_EVENTS),
              COUNT),
          goals(
              "goal_sessions",
              "Sessions with an event that fulfils a goal.",
              new Formula.Sum(GOAL_SESSIONS),
              COUNT),
          goals(
              "goal_rate",
              "The share of sessions with an event that fulfils a goal.",
              new Formula.Share(GOAL_SESSIONS, SESSIONS),
              RATE),
          goals(
              "goal_value",
              "The value of the events that fulfil a goal, for each goal.",
              new Formula.Money(Amount.GOALS),
              MONEY),
          session(
              "late_events",
              "Events that came after their session could have closed, and revised it.",
              LATE_EVENTS),
          event("events", "Events that are part of a session.", EVENTS),
          product("products_viewed", "Product views.", PRODUCT_VIEWS),
          product("products_added_to_cart", "Products in events add_to_cart.", ADD_TO_CARTS),
          product(
              "products_removed_from_cart",
              "Products in events remove_from_cart.",
              REMOVE_FROM_CARTS),
          product(
              "products_purchased", "Products in purchases, whatever their quantity.", PURCHASES),
          product("product_quantity", "Pieces of products bought.", QUANTITY),
          new MetricDefinition(
              "product_revenue",
              "Price times quantity of the products bought.",
              Subject.PRODUCTS,
              new Formula.Money(Amount.REVENUE),
              MONEY,
              OF_PRODUCTS),
          carts(
              "abandoned_carts",
              "Sessions with an add_to_cart and no purchase; of a product, those that left it.",
              new Formula.Sum(SESSIONS),
              COUNT),
          carts(
              "abandoned_quantity",
              "Pieces of products that sessions without a purchase left in the cart.",
              new Formula.Sum(QUANTITY),
              COUNT),
          carts(
              "abandoned_cart_value",
              "The value that sessions without a purchase left in the cart.",
              new Formula.Money(Amount.LEFT),
              MONEY),
          late(
              "late_excluded_events",
              "Events that came too late for any session. In no other metric, and never final.",
              new Formula.Sum(EVENTS),
              COUNT),
          late(
              "late_excluded_purchases",
              "Purchases among these events, each as it came.",
              new Formula.Sum(PURCHASES),
              COUNT),
          late(
              "late_excluded_revenue",
              "The value of these purchases.",
              new Formula.Money(Amount.REVENUE),
              MONEY),
          visitors(
              "visitors",
              "Distinct visitors with an event in a session of people.",
              VisitorKind.ALL),
          visitors(
              "new_visitors", "Visitors of whom no earlier active day is known.", VisitorKind.NEW),
          visitors(
              "returning_visitors",
              "Visitors who were active before the bucket, too.",
              VisitorKind.RETURNING));

  private Metrics() {}

  /** All definitions, in the order of the documentation. */
  public static List<MetricDefinition> all() {
    return ALL;
  }

  /** Finds a definition by its name. */
  public static Optional<MetricDefinition> named(String name) {
    return ALL.stream().filter(metric -> metric.name().equals(name)).findFirst();
  }

  private static MetricDefinition session(String name, String sentence, Measure of) {
    return new MetricDefinition(
        name, sentence, Subject.SESSIONS, new Formula.Sum(of), COUNT, OF_SESSIONS);
  }

  private static MetricDefinition ads(String name, String sentence, Formula formula) {
    String unit = formula instanceof Formula.Ratio ? RATE : COUNT;
    return new MetricDefinition(name, sentence, Subject.SESSIONS, formula, unit, OF_ADS);
  }

  private static MetricDefinition goals(
      String name, String sentence, Formula formula, String unit) {
    return new MetricDefinition(name, sentence, Subject.SESSIONS, formula, unit, OF_GOALS);
  }

  private static MetricDefinition perSession(
      String name, String sentence, Formula formula, String unit) {
    return new MetricDefinition(name, sentence, Subject.SESSIONS, formula, unit, OF_SESSIONS);
  }

  private static MetricDefinition rate(String name, String sentence, Measure above, Measure below) {
    return perSession(name, sentence, new Formula.Ratio(above, below, 1), RATE);
  }

  private static MetricDefinition money(String name, String sentence, Amount of) {
    return perSession(name, sentence, new Formula.Money(of), MONEY);
  }

  private static MetricDefinition event(String name, String sentence, Measure of) {
    return new MetricDefinition(
        name, sentence, Subject.EVENTS, new Formula.Sum(of), COUNT, OF_EVENTS);
  }

  private static MetricDefinition product(String name, String sentence, Measure of) {
    return new MetricDefinition(
        name, sentence, Subject.PRODUCTS, new Formula.Sum(of), COUNT, OF_PRODUCTS);
  }

  private static MetricDefinition carts(
      String name, String sentence, Formula formula, String unit) {
    return new MetricDefinition(name, sentence, Subject.CARTS, formula, unit, OF_CARTS);
  }

  private static MetricDefinition late(String name, String sentence, Formula formula, String unit) {
    List<Dimension> dimensions = List.of(Dimension.EVENT_TYPE);
    return new MetricDefinition(name, sentence, Subject.LATE, formula, unit, dimensions);
  }

  private static MetricDefinition visitors(String name, String sentence, VisitorKind kind) {
    return new MetricDefinition(
        name, sentence, Subject.VISITORS, new Formula.Visitors(kind), COUNT, OF_SESSIONS);
  }
}
