package io.weir.stream.gold;

import io.weir.contract.GoldKey;
import io.weir.contract.avro.GoldCell;
import io.weir.contract.avro.Session;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The cells that sessions must add up to, computed plainly from their last rows. A cell is a map of
 * its numbers other than 0 by name; amounts are named by currency.
 */
public final class Recomputation {
  private static final long QUARTER = 900_000;

  private final ZoneId zone;
  private final Map<String, Map<String, BigDecimal>> cells = new TreeMap<>();

  private Recomputation(ZoneId zone) {
    this.zone = zone;
  }

  /** The numbers by the key of their cell within a partition. */
  public static Map<String, Map<String, BigDecimal>> of(Collection<Session> rows, ZoneId zone) {
    var recomputation = new Recomputation(zone);
    rows.stream().filter(row -> !row.getIsRetracted()).forEach(recomputation::add);
    return recomputation.cells;
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
    long day =
        Instant.ofEpochMilli(row.getStartTime())
            .atZone(zone)
            .toLocalDate()
            .atStartOfDay(zone)
            .toInstant()
            .toEpochMilli();
    values.forEach((dimension, value) -> {
      add("15m", dimension, row.getStartTime() / QUARTER * QUARTER, value, row);
      add("day", dimension, day, value, row);
    });
  }

  private void add(
      String grain, String dimension, long start, @Nullable String value, Session row) {
    var cell = new GoldCell();
    cell.setSubject("sessions");
    cell.setGrain(grain);
    cell.setDimension(dimension);
    cell.setBucketStart(start);
    cell.setIsBot(row.getIsBot());
    cell.setValue(value == null ? "" : value);
    Map<String, BigDecimal> sums = cells.computeIfAbsent(key(cell), _ -> new TreeMap<>());
    numbers(row)
        .forEach((name, number) -> {
          if (number.signum() != 0) {
            sums.merge(name, number, BigDecimal::add);
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
    numbers.put("add_to_carts", BigDecimal.valueOf(row.getAddToCarts()));
    numbers.put("remove_from_carts", BigDecimal.valueOf(row.getRemoveFromCarts()));
    numbers.put("checkouts", BigDecimal.valueOf(row.getCheckouts()));
    numbers.put("purchases", BigDecimal.valueOf(row.getPurchases()));
    numbers.put("late_events", BigDecimal.valueOf(row.getLateEvents()));
    row.getRevenueE4()
        .forEach((currency, amount) ->
            numbers.put("revenue " + currency, BigDecimal.valueOf(amount, 4)));
    numbers.replaceAll((_, number) -> number.setScale(4));
    return numbers;
  }

  private static BigDecimal one(boolean isCounted) {
    return isCounted ? BigDecimal.ONE : BigDecimal.ZERO;
  }

  /** The numbers of stored cells of sessions; a cell of zeros is left out. */
  public static Map<String, Map<String, BigDecimal>> stored(Collection<GoldCell> stored) {
    var cells = new TreeMap<String, Map<String, BigDecimal>>();
    for (GoldCell cell : stored) {
      Map<String, BigDecimal> numbers = numbers(cell);
      if (cell.getSubject().equals("sessions") && !numbers.isEmpty()) {
        cells.put(key(cell), numbers);
      }
    }
    return cells;
  }

  private static Map<String, BigDecimal> numbers(GoldCell cell) {
    var numbers = new TreeMap<String, BigDecimal>();
    for (Schema.Field field : GoldCell.getClassSchema().getFields().subList(8, 28)) {
      long number = (long) cell.get(field.pos());
      if (number != 0) {
        numbers.put(field.name(), BigDecimal.valueOf(number).setScale(4));
      }
    }
    cell.getRevenue()
        .forEach((currency, amount) ->
            numbers.put("revenue " + currency, new BigDecimal(amount).setScale(4)));
    return numbers;
  }

  /** The key within a partition. */
  public static String key(GoldCell cell) {
    String global = GoldKey.global(cell);
    return global.substring(global.indexOf('|') + 1);
  }
}
