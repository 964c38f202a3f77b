package io.weir.lake.gold;

import static io.weir.lake.gold.GoldColumn.bigint;
import static io.weir.lake.gold.GoldColumn.flag;
import static io.weir.lake.gold.GoldColumn.integer;
import static io.weir.lake.gold.GoldColumn.text;
import static io.weir.lake.gold.GoldColumn.time;

import io.weir.contract.GoldKey;
import io.weir.contract.avro.GoldCell;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The key and the columns of {@code gold.cells}. */
final class GoldCells {
  /** An amount as stream-app writes it. More digits would make a text that fills the memory. */
  private static final Pattern AMOUNT = Pattern.compile("-?\\d{1,60}(\\.\\d{1,20})?");

  /** The years that PostgreSQL and Java both read and write as text of four digits. */
  private static final long EARLIEST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();

  private static final int SHOWN = 50;

  private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

  private GoldCells() {}

  /** Refuses a cell that PostgreSQL cannot store. */
  static void check(GoldCell cell) {
    check("revenue", cell.getRevenue());
    check("refunded", cell.getRefunded());
    check("goal_value", cell.getGoalValue());
    long start = cell.getBucketStart();
    if (start < EARLIEST || start > LATEST) {
      throw new IllegalArgumentException("bucket_start is not in the years 1 to 9999: " + start);
    }
  }

  private static void check(String field, Map<String, String> amounts) {
    amounts.forEach((currency, amount) -> {
      if (!AMOUNT.matcher(amount).matches()) {
        throw new IllegalArgumentException(
            field + " in currency '" + currency + "' is no amount: '" + shortened(amount) + "'");
      }
    });
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  /**
   * The key of a cell among all. NUL, which PostgreSQL cannot store, is written as {@code \0} and a
   * backslash as two, so different keys stay different.
   */
  static String key(GoldCell cell) {
    return escaped(GoldKey.global(cell));
  }

  /** The key of a cell that a record without a value deletes: the record's key has no partition. */
  static String deletedKey(int partition, String recordKey) {
    return escaped(partition + "|" + recordKey);
  }

  private static String escaped(String key) {
    return key.replace("\\", "\\\\").replace("\0", "\\0");
  }

  static List<GoldColumn<GoldCell>> columns() {
    var columns = new ArrayList<GoldColumn<GoldCell>>();
    columns.addAll(place());
    columns.addAll(sums());
    columns.add(GoldColumn.json("revenue", cell -> GoldRevenue.exactJson(cell.getRevenue())));
    columns.add(text("only_currency", cell -> GoldRevenue.onlyCurrency(cell.getRevenue())));
    columns.add(
        new GoldColumn<>(
            "only_amount",
            "numeric",
            (s, i, cell) -> s.setBigDecimal(i, GoldRevenue.onlyAmount(cell.getRevenue()))));
    columns.add(time("settled_until", GoldCell::getSettledUntil));
    columns.add(bigint("matched_clicks", GoldCell::getMatchedClicks));
    columns.add(bigint("refunds", GoldCell::getRefunds));
    columns.add(GoldColumn.json("refunded", cell -> GoldRevenue.exactJson(cell.getRefunded())));
    columns.add(bigint("goal_events", GoldCell::getGoalEvents));
    columns.add(bigint("goal_sessions", GoldCell::getGoalSessions));
    columns.add(GoldColumn.json("goal_value", cell -> GoldRevenue.exactJson(cell.getGoalValue())));
    return columns;
  }

  private static List<GoldColumn<GoldCell>> place() {
    return List.of(
        text("subject", GoldCell::getSubject),
        text("grain", GoldCell::getGrain),
        time("bucket_start", GoldCell::getBucketStart),
        flag("is_bot", GoldCell::getIsBot),
        text("dimension", GoldCell::getDimension),
        text("value", GoldCell::getValue),
        integer("partition", GoldCell::getPartition));
  }

  private static List<GoldColumn<GoldCell>> sums() {
    return List.of(
        bigint("sessions", GoldCell::getSessions),
        bigint("converted_sessions", GoldCell::getConvertedSessions),
        bigint("bounced_sessions", GoldCell::getBouncedSessions),
        bigint("cart_sessions", GoldCell::getCartSessions),
        bigint("checkout_sessions", GoldCell::getCheckoutSessions),
        bigint("abandoned_sessions", GoldCell::getAbandonedSessions),
        bigint("duration_ms", GoldCell::getDurationMs),
        bigint("events", GoldCell::getEvents),
        bigint("page_views", GoldCell::getPageViews),
        bigint("product_views", GoldCell::getProductViews),
        bigint("searches", GoldCell::getSearches),
        bigint("ad_impressions", GoldCell::getAdImpressions),
        bigint("ad_clicks", GoldCell::getAdClicks),
        bigint("add_to_carts", GoldCell::getAddToCarts),
        bigint("remove_from_carts", GoldCell::getRemoveFromCarts),
        bigint("checkouts", GoldCell::getCheckouts),
        bigint("purchases", GoldCell::getPurchases),
        bigint("late_events", GoldCell::getLateEvents),
        bigint("quantity", GoldCell::getQuantity),
        bigint("visitors", GoldCell::getVisitors));
  }
}
