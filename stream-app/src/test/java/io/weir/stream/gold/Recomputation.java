package io.weir.stream.gold;

import io.weir.contract.GoldKey;
import io.weir.contract.avro.AdCounts;
import io.weir.contract.avro.AdPlaceCounts;
import io.weir.contract.avro.CartProduct;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.GoalCounts;
import io.weir.contract.avro.GoldCell;
import io.weir.contract.avro.Product;
import io.weir.contract.avro.Session;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The cells that sessions must add up to, computed plainly from their last rows. A cell is a map of
 * its numbers other than 0 by name; amounts are named by currency.
 */
public final class Recomputation {
  private static final long QUARTER = 900_000;
  private static final Set<String> DAYS_ONLY =
      Set.of("landing_page", "exit_page", "page", "product", "search_term");

  private final ZoneId zone;
  private final Set<EnrichedEvent> repeats;
  private final List<Session> robots;
  private final Map<String, Map<String, BigDecimal>> cells = new TreeMap<>();

  private Recomputation(ZoneId zone, Set<EnrichedEvent> repeats, List<Session> robots) {
    this.zone = zone;
    this.repeats = repeats;
    this.robots = robots;
  }

  /** The numbers by the key of their cell within a partition. */
  public static Map<String, Map<String, BigDecimal>> of(Collection<Session> rows, ZoneId zone) {
    return of(rows, List.of(), zone);
  }

  /**
   * The numbers by the key of their cell within a partition.
   *
   * @param events all that the partition accepted; those beyond the allowed lateness count apart
   */
  public static Map<String, Map<String, BigDecimal>> of(
      Collection<Session> rows, Collection<EnrichedEvent> events, ZoneId zone) {
    return of(rows, events, zone, Duration.ofDays(30));
  }

  /**
   * The numbers by the key of their cell within a partition.
   *
   * @param orders how long an order is remembered
   */
  public static Map<String, Map<String, BigDecimal>> of(
      Collection<Session> rows, Collection<EnrichedEvent> events, ZoneId zone, Duration orders) {
    List<EnrichedEvent> counted = events.stream().filter(event -> !event.getIsLate()).toList();
    List<Session> sessions = rows.stream().filter(row -> !row.getIsRetracted()).toList();
    List<Session> robots = sessions.stream().filter(Session::getIsBot).toList();
    var recomputation = new Recomputation(zone, PlainOrders.repeats(counted, orders), robots);
    sessions.forEach(recomputation::add);
    events.forEach(recomputation::add);
    return recomputation.cells;
  }

  private void add(EnrichedEvent event) {
    var values = new LinkedHashMap<String, @Nullable String>();
    if (event.getIsLate()) {
      values.put("", "");
      values.put("event_type", event.getEventType());
      add("late", event, values, numbers(event));
      return;
    }
    String path = event.getUrlPath();
    String domain = event.getUrlDomain();
    values.put("", "");
    values.put("event_type", event.getEventType());
    values.put("page", path == null ? event.getUrl() : domain == null ? path : domain + path);
    values.put("device", event.getDevice());
    values.put("country", event.getCountry());
    values.put("campaign", event.getCampaignName());
    values.put("source", event.getCampaignSource());
    values.put("app", event.getAppId());
    if (event.getSearchTerm() != null) {
      values.put("search_term", event.getSearchTerm());
    }
    if (repeats.contains(event)) {
      add("events", event, values, Map.of("events", BigDecimal.ONE));
      return;
    }
    add("events", event, values, numbers(event));
    for (Product product : event.getProducts()) {
      var names = new LinkedHashMap<String, @Nullable String>();
      names.put("product", product.getProductId());
      names.put("category", product.getCategory());
      Map<String, BigDecimal> numbers = numbers(event, product);
      if (!numbers.isEmpty()) {
        add("products", event, names, numbers);
      }
    }
  }

  private static Map<String, BigDecimal> numbers(EnrichedEvent event) {
    var numbers = new TreeMap<String, BigDecimal>();
    numbers.put("events", BigDecimal.ONE);
    String plural =
        switch (event.getEventType()) {
          case "page_view", "product_view", "ad_impression", "ad_click", "purchase", "refund" ->
              event.getEventType() + "s";
          case "search" -> "searches";
          case "checkout" -> "checkouts";
          case "add_to_cart" -> "add_to_carts";
          case "remove_from_cart" -> "remove_from_carts";
          default -> null;
        };
    if (plural != null) {
      numbers.put(plural, BigDecimal.ONE);
    }
    if (List.of("purchase", "refund").contains(event.getEventType())) {
      long lines =
          event.getProducts().stream()
              .map(Product::getLineRevenueE4)
              .filter(Objects::nonNull)
              .mapToLong(Long::longValue)
              .sum();
      Long value = event.getValueE4();
      long e4 = lines == 0 && value != null ? value : lines;
      String currency = Objects.requireNonNullElse(event.getCurrency(), "");
      String kind = event.getEventType().equals("refund") ? "refunded " : "revenue ";
      numbers.put(kind + currency, BigDecimal.valueOf(e4, 4));
    }
    return numbers;
  }

  private static Map<String, BigDecimal> numbers(EnrichedEvent event, Product product) {
    var numbers = new TreeMap<String, BigDecimal>();
    switch (event.getEventType()) {
      case "product_view" -> numbers.put("product_views", BigDecimal.ONE);
      case "add_to_cart" -> numbers.put("add_to_carts", BigDecimal.ONE);
      case "remove_from_cart" -> numbers.put("remove_from_carts", BigDecimal.ONE);
      case "purchase" -> {
        numbers.put("purchases", BigDecimal.ONE);
        numbers.put("quantity", BigDecimal.valueOf(product.getQuantity()));
        long price = Objects.requireNonNullElse(product.getPriceE4(), 0L);
        String currency = Objects.requireNonNullElse(event.getCurrency(), "");
        numbers.put(
            "revenue " + currency,
            BigDecimal.valueOf(price, 4).multiply(BigDecimal.valueOf(product.getQuantity())));
      }
      default -> {
        // Counts no product.
      }
    }
    return numbers;
  }

  private void add(
      String subject,
      EnrichedEvent event,
      Map<String, @Nullable String> values,
      Map<String, BigDecimal> numbers) {
    values.forEach((dimension, value) -> {
      var cell = new GoldCell();
      cell.setSubject(subject);
      cell.setDimension(dimension);
      cell.setIsBot(event.getIsBot() || (!event.getIsLate() && isRobots(event)));
      cell.setValue(value == null ? "" : value);
      if (!DAYS_ONLY.contains(dimension)) {
        cell.setGrain("15m");
        cell.setBucketStart(event.getEventTime() / QUARTER * QUARTER);
        add(cell, numbers);
      }
      cell.setGrain("day");
      cell.setBucketStart(day(event.getEventTime()));
      add(cell, numbers);
    });
  }

  /** Whether the session that has the event is a robot's. */
  private boolean isRobots(EnrichedEvent event) {
    long time = event.getEventTime();
    return robots.stream()
        .anyMatch(row ->
            row.getVisitorId().equals(event.getVisitorId())
                && row.getStartTime() <= time
                && time <= row.getEndTime());
  }

  private long day(long time) {
    return Instant.ofEpochMilli(time)
        .atZone(zone)
        .toLocalDate()
        .atStartOfDay(zone)
        .toInstant()
        .toEpochMilli();
  }

  private void add(Session row) {
    var values = new LinkedHashMap<String, @Nullable String>();
    values.put("", "");
    values.put("device", row.getDevice());
    values.put("browser", row.getBrowser());
    values.put("os", row.getOs());
    values.put("country", row.getCountry());
    values.put("city", row.getCity());
    values.put("campaign", row.getCampaignName());
    values.put("source", row.getCampaignSource());
    values.put("medium", row.getCampaignMedium());
    values.put("referrer_class", row.getReferrerClass());
    values.put("landing_page", row.getEntryPage());
    values.put("exit_page", row.getExitPage());
    values.put("visitor_type", row.getVisitorSessionNumber() > 1 ? "returning" : "new");
    values.put("app", row.getAppId());
    values.forEach((dimension, value) -> add(dimension, value, row, numbers(row)));
    for (AdCounts each : row.getAds()) {
      add(
          "ad",
          each.getAdId(),
          row,
          Map.of(
              "ad_impressions", BigDecimal.valueOf(each.getImpressions()),
              "ad_clicks", BigDecimal.valueOf(each.getClicks()),
              "matched_clicks", BigDecimal.valueOf(each.getMatchedClicks())));
    }
    row.getAdPositions().forEach(each -> addPlace("position", each, row));
    row.getAdPages().forEach(each -> addPlace("page", each, row));
    if (row.getIsCartAbandoned()) {
      addCart(row);
    }
    for (GoalCounts each : row.getGoals()) {
      var numbers = new TreeMap<String, BigDecimal>();
      numbers.put("goal_events", BigDecimal.valueOf(each.getEvents()));
      numbers.put("goal_sessions", BigDecimal.ONE);
      addValue(each, numbers);
      add("goal", each.getGoal(), row, numbers);
    }
  }

  private void addCart(Session row) {
    var all = new TreeMap<String, BigDecimal>();
    addLeft(all, row.getCartValueE4());
    var products = new TreeMap<String, Map<String, BigDecimal>>();
    for (CartProduct each : row.getCartProducts()) {
      if (each.getQuantity() > 0) {
        BigDecimal quantity = BigDecimal.valueOf(each.getQuantity());
        all.merge("quantity", quantity, BigDecimal::add);
        String category = Objects.requireNonNullElse(each.getCategory(), "");
        for (String value : List.of("product " + each.getProductId(), "category " + category)) {
          Map<String, BigDecimal> sums = products.computeIfAbsent(value, _ -> new TreeMap<>());
          sums.put("sessions", BigDecimal.ONE);
          sums.merge("quantity", quantity, BigDecimal::add);
          addLeft(sums, each.getValueE4());
        }
      }
    }
    all.put("sessions", BigDecimal.ONE);
    var values = new LinkedHashMap<String, @Nullable String>();
    values.put("", "");
    values.put("device", row.getDevice());
    values.put("country", row.getCountry());
    values.put("campaign", row.getCampaignName());
    values.put("source", row.getCampaignSource());
    values.put("app", row.getAppId());
    values.forEach((dimension, value) -> add("carts", dimension, value, row, all));
    products.forEach((value, sums) -> {
      String[] pair = value.split(" ", 2);
      add("carts", pair[0], pair[1], row, sums);
    });
  }

  private static void addLeft(Map<String, BigDecimal> sums, Map<String, Long> left) {
    left.forEach((currency, e4) ->
        sums.merge("revenue " + currency, BigDecimal.valueOf(Math.max(0, e4), 4), BigDecimal::add));
  }

  private void addPlace(String dimension, AdPlaceCounts counts, Session row) {
    add(
        dimension,
        counts.getPlace(),
        row,
        Map.of(
            "ad_impressions", BigDecimal.valueOf(counts.getImpressions()),
            "ad_clicks", BigDecimal.valueOf(counts.getClicks()),
            "matched_clicks", BigDecimal.valueOf(counts.getMatchedClicks())));
  }

  private void add(
      String dimension, @Nullable String value, Session row, Map<String, BigDecimal> numbers) {
    add("sessions", dimension, value, row, numbers);
  }

  private void add(
      String subject,
      String dimension,
      @Nullable String value,
      Session row,
      Map<String, BigDecimal> numbers) {
    var cell = new GoldCell();
    cell.setSubject(subject);
    cell.setDimension(dimension);
    cell.setIsBot(row.getIsBot());
    cell.setValue(value == null ? "" : value);
    if (!DAYS_ONLY.contains(dimension)) {
      cell.setGrain("15m");
      cell.setBucketStart(row.getStartTime() / QUARTER * QUARTER);
      add(cell, numbers);
    }
    cell.setGrain("day");
    cell.setBucketStart(day(row.getStartTime()));
    add(cell, numbers);
  }

  private void add(GoldCell cell, Map<String, BigDecimal> numbers) {
    Map<String, BigDecimal> sums = cells.computeIfAbsent(key(cell), _ -> new TreeMap<>());
    numbers.forEach((name, number) -> {
      if (number.signum() != 0) {
        sums.merge(name, number.setScale(4), BigDecimal::add);
      }
    });
  }

  private static Map<String, BigDecimal> numbers(Session row) {
    var numbers = new TreeMap<String, BigDecimal>();
    numbers.put("sessions", BigDecimal.ONE);
    numbers.put("converted_sessions", one(row.getPurchases() > 0));
    numbers.put("bounced_sessions", one(row.getEvents() == 1));
    numbers.put("cart_sessions", one(row.getAddToCarts() > 0));
    numbers.put("checkout_sessions", one(row.getCheckouts() > 0));
    numbers.put("abandoned_sessions", one(row.getAddToCarts() > 0 && row.getPurchases() == 0));
    numbers.put("duration_ms", BigDecimal.valueOf(row.getEndTime() - row.getStartTime()));
    numbers.put("events", BigDecimal.valueOf(row.getEvents()));
    numbers.put("page_views", BigDecimal.valueOf(row.getPageViews()));
    numbers.put("product_views", BigDecimal.valueOf(row.getProductViews()));
    numbers.put("searches", BigDecimal.valueOf(row.getSearches()));
    numbers.put("ad_impressions", BigDecimal.valueOf(row.getAdImpressions()));
    numbers.put("ad_clicks", BigDecimal.valueOf(row.getAdClicks()));
    numbers.put("matched_clicks", BigDecimal.valueOf(row.getMatchedClicks()));
    numbers.put("add_to_carts", BigDecimal.valueOf(row.getAddToCarts()));
    numbers.put("remove_from_carts", BigDecimal.valueOf(row.getRemoveFromCarts()));
    numbers.put("checkouts", BigDecimal.valueOf(row.getCheckouts()));
    numbers.put("purchases", BigDecimal.valueOf(row.getPurchases()));
    numbers.put("refunds", BigDecimal.valueOf(row.getRefunds()));
    row.getRefundedE4()
        .forEach((currency, amount) ->
            numbers.put("refunded " + currency, BigDecimal.valueOf(amount, 4)));
    numbers.put("late_events", BigDecimal.valueOf(row.getLateEvents()));
    row.getRevenueE4()
        .forEach((currency, amount) ->
            numbers.put("revenue " + currency, BigDecimal.valueOf(amount, 4)));
    numbers.put("goal_sessions", one(!row.getGoals().isEmpty()));
    int goalEvents = row.getGoals().stream().mapToInt(GoalCounts::getEvents).sum();
    numbers.put("goal_events", BigDecimal.valueOf(goalEvents));
    row.getGoals().forEach(each -> addValue(each, numbers));
    return numbers;
  }

  private static void addValue(GoalCounts goal, Map<String, BigDecimal> numbers) {
    goal.getValueE4()
        .forEach((currency, amount) ->
            numbers.merge(
                "goal_value " + currency, BigDecimal.valueOf(amount, 4), BigDecimal::add));
  }

  private static BigDecimal one(boolean isCounted) {
    return isCounted ? BigDecimal.ONE : BigDecimal.ZERO;
  }

  /** The numbers of stored cells of sessions; a cell of zeros is left out. */
  public static Map<String, Map<String, BigDecimal>> stored(Collection<GoldCell> stored) {
    var cells = new TreeMap<String, Map<String, BigDecimal>>();
    for (GoldCell cell : stored) {
      Map<String, BigDecimal> numbers = numbers(cell);
      if (!List.of("progress", "visitors", "quality").contains(cell.getSubject())
          && !numbers.isEmpty()) {
        cells.put(key(cell), numbers);
      }
    }
    return cells;
  }

  private static Map<String, BigDecimal> numbers(GoldCell cell) {
    var numbers = new TreeMap<String, BigDecimal>();
    for (Schema.Field field : GoldCell.getClassSchema().getFields().subList(8, 32)) {
      long number = (long) cell.get(field.pos());
      if (number != 0) {
        numbers.put(field.name(), BigDecimal.valueOf(number).setScale(4));
      }
    }
    cell.getRevenue()
        .forEach((currency, amount) ->
            numbers.put("revenue " + currency, new BigDecimal(amount).setScale(4)));
    cell.getRefunded()
        .forEach((currency, amount) ->
            numbers.put("refunded " + currency, new BigDecimal(amount).setScale(4)));
    cell.getGoalValue()
        .forEach((currency, amount) ->
            numbers.put("goal_value " + currency, new BigDecimal(amount).setScale(4)));
    return numbers;
  }

  /** The key within a partition. */
  public static String key(GoldCell cell) {
    String global = GoldKey.global(cell);
    return global.substring(global.indexOf('|') + 1);
  }
}
