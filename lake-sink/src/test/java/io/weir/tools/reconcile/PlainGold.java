package io.weir.tools.reconcile;

import io.weir.contract.avro.AdCounts;
import io.weir.contract.avro.AdPlaceCounts;
import io.weir.contract.avro.CartProduct;
import io.weir.contract.avro.GoalCounts;
import io.weir.contract.avro.Session;
import io.weir.sink.Lake;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gold's cells of sessions and their carts, computed in plain Java as stream-app is specified, and
 * put into {@code gold.cells} in the place of lake-sink.
 */
final class PlainGold {
  static final List<String> COUNTS =
      List.of(
          "sessions",
          "converted_sessions",
          "bounced_sessions",
          "cart_sessions",
          "checkout_sessions",
          "abandoned_sessions",
          "duration_ms",
          "events",
          "page_views",
          "product_views",
          "searches",
          "ad_impressions",
          "ad_clicks",
          "add_to_carts",
          "remove_from_carts",
          "checkouts",
          "purchases",
          "late_events",
          "matched_clicks",
          "refunds",
          "goal_events",
          "goal_sessions",
          "quantity",
          "visitors");

  /** Four real currencies that come first in the alphabet, for the sessions of these tests. */
  private static final List<String> NAMED = List.of("", "CHF", "EUR", "GBP");

  private final ZoneId zone;
  private final Map<List<Object>, Sums> cells = new LinkedHashMap<>();

  PlainGold(ZoneId zone) {
    this.zone = zone;
  }

  private static final class Sums {
    private final long[] counts = new long[COUNTS.size()];
    private final Map<String, BigDecimal> revenue = new TreeMap<>();
    private final Map<String, BigDecimal> refunded = new TreeMap<>();
    private final Map<String, BigDecimal> goalValue = new TreeMap<>();
  }

  static PlainGold of(ZoneId zone, Collection<Session> sessions) {
    var gold = new PlainGold(zone);
    sessions.forEach(gold::add);
    return gold;
  }

  private void add(Session session) {
    Instant start = Instant.ofEpochMilli(session.getStartTime());
    Instant day = start.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    Instant quarter = Instant.ofEpochSecond(Math.floorDiv(start.getEpochSecond(), 900) * 900);
    values(session)
        .forEach((dimension, value) -> {
          if (!dimension.endsWith("_page")) {
            add(session, "15m", quarter, dimension, value);
          }
          add(session, "day", day, dimension, value);
        });
    if (session.getAddToCarts() > 0 && session.getPurchases() == 0) {
      addCart(session, "15m", quarter);
      addCart(session, "day", day);
    }
    for (AdCounts ad : session.getAds()) {
      add(sums(session, "15m", quarter, "ad", text(ad.getAdId())), counts(ad));
      add(sums(session, "day", day, "ad", text(ad.getAdId())), counts(ad));
    }
    for (AdPlaceCounts each : session.getAdPositions()) {
      add(sums(session, "15m", quarter, "position", text(each.getPlace())), counts(each));
      add(sums(session, "day", day, "position", text(each.getPlace())), counts(each));
    }
    for (AdPlaceCounts each : session.getAdPages()) {
      add(sums(session, "day", day, "page", text(each.getPlace())), counts(each));
    }
    for (GoalCounts goal : session.getGoals()) {
      add(sums(session, "15m", quarter, "goal", goal.getGoal()), goal);
      add(sums(session, "day", day, "goal", goal.getGoal()), goal);
    }
  }

  private void addCart(Session session, String grain, Instant bucket) {
    List<CartProduct> left =
        session.getCartProducts().stream().filter(each -> each.getQuantity() > 0).toList();
    Map<String, String> values = values(session);
    for (String each : List.of("", "device", "country", "campaign", "source", "app")) {
      Sums sums = sums("carts", session, grain, bucket, each, values.getOrDefault(each, ""));
      sums.counts[COUNTS.indexOf("sessions")]++;
      left.forEach(product -> sums.counts[COUNTS.indexOf("quantity")] += product.getQuantity());
      addPositive(sums.revenue, session.getCartValueE4());
    }
    var counted = new HashSet<Sums>();
    for (CartProduct each : left) {
      addPart(
          sums("carts", session, grain, bucket, "category", text(each.getCategory())),
          each,
          counted);
      if (grain.equals("day")) {
        addPart(
            sums("carts", session, grain, bucket, "product", each.getProductId()), each, counted);
      }
    }
  }

  private static void addPart(Sums sums, CartProduct product, Set<Sums> counted) {
    sums.counts[COUNTS.indexOf("sessions")] += counted.add(sums) ? 1 : 0;
    sums.counts[COUNTS.indexOf("quantity")] += product.getQuantity();
    addPositive(sums.revenue, product.getValueE4());
  }

  private static void addPositive(Map<String, BigDecimal> sums, Map<String, Long> amounts) {
    var positive = new HashMap<>(amounts);
    positive.values().removeIf(amount -> amount <= 0);
    add(sums, positive);
  }

  private Sums sums(Session session, String grain, Instant bucket, String dimension, String value) {
    return sums("sessions", session, grain, bucket, dimension, value);
  }

  /** Splits each cell over partitions by visitor. */
  private Sums sums(
      String subject,
      Session session,
      String grain,
      Instant bucket,
      String dimension,
      String value) {
    int partition = Math.floorMod(session.getVisitorId().hashCode(), 3);
    return cells.computeIfAbsent(
        List.of(subject, partition, grain, bucket, session.getIsBot(), dimension, value),
        _ -> new Sums());
  }

  private static void add(Sums sums, long[] counts) {
    for (int i = 0; i < counts.length; i++) {
      sums.counts[i] += counts[i];
    }
  }

  private void add(Session session, String grain, Instant bucket, String dimension, String value) {
    Sums sums = sums(session, grain, bucket, dimension, value);
    add(sums, counts(session));
    add(sums.revenue, session.getRevenueE4());
    add(sums.refunded, session.getRefundedE4());
    session.getGoals().forEach(goal -> add(sums.goalValue, goal.getValueE4()));
  }

  private static void add(Sums sums, GoalCounts goal) {
    sums.counts[COUNTS.indexOf("goal_events")] += goal.getEvents();
    sums.counts[COUNTS.indexOf("goal_sessions")]++;
    add(sums.goalValue, goal.getValueE4());
  }

  private static void add(Map<String, BigDecimal> sums, Map<String, Long> amounts) {
    amounts.forEach((currency, amount) ->
        sums.merge(
            NAMED.contains(currency) ? currency : "(other)",
            BigDecimal.valueOf(amount, 4),
            BigDecimal::add));
  }

  private static long[] counts(Session session) {
    return new long[] {
      1,
      session.getIsConverted() ? 1 : 0,
      session.getIsBounce() ? 1 : 0,
      session.getAddToCarts() > 0 ? 1 : 0,
      session.getCheckouts() > 0 ? 1 : 0,
      session.getIsCartAbandoned() ? 1 : 0,
      session.getDurationMs(),
      session.getEvents(),
      session.getPageViews(),
      session.getProductViews(),
      session.getSearches(),
      session.getAdImpressions(),
      session.getAdClicks(),
      session.getAddToCarts(),
      session.getRemoveFromCarts(),
      session.getCheckouts(),
      session.getPurchases(),
      session.getLateEvents(),
      session.getMatchedClicks(),
      session.getRefunds(),
      session.getGoals().stream().mapToLong(GoalCounts::getEvents).sum(),
      session.getGoals().isEmpty() ? 0 : 1,
      0,
      0
    };
  }

  private static long[] counts(AdCounts ad) {
    long[] counts = new long[COUNTS.size()];
    counts[COUNTS.indexOf("ad_impressions")] = ad.getImpressions();
    counts[COUNTS.indexOf("ad_clicks")] = ad.getClicks();
    counts[COUNTS.indexOf("matched_clicks")] = ad.getMatchedClicks();
    return counts;
  }

  private static long[] counts(AdPlaceCounts place) {
    return counts(
        new AdCounts("", place.getImpressions(), place.getClicks(), place.getMatchedClicks()));
  }

  private static Map<String, String> values(Session session) {
    var values = new LinkedHashMap<String, String>();
    values.put("", "");
    values.put("device", text(session.getDevice()));
    values.put("browser", text(session.getBrowser()));
    values.put("os", text(session.getOs()));
    values.put("country", text(session.getCountry()));
    values.put("city", text(session.getCity()));
    values.put("campaign", text(session.getCampaignName()));
    values.put("source", text(session.getCampaignSource()));
    values.put("medium", text(session.getCampaignMedium()));
    values.put("referrer_class", text(session.getReferrerClass()));
    values.put("landing_page", text(session.getEntryPage()));
    values.put("exit_page", text(session.getExitPage()));
    values.put("visitor_type", session.getVisitorSessionNumber() == 1 ? "new" : "returning");
    values.put("app", text(session.getAppId()));
    return values;
  }

  /** The text without NUL, cut to 512 bytes of UTF-8 behind a whole character. */
  private static String text(@Nullable String text) {
    var kept = new StringBuilder();
    int bytes = 0;
    for (int point : (text == null ? "" : text.replace('\0', '\uFFFD')).codePoints().toArray()) {
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (bytes > 512) {
        break;
      }
      kept.appendCodePoint(point);
    }
    return kept.toString();
  }

  /** Creates the table as lake-sink does, but empty. */
  static void create(Lake lake) {
    lake.change("CREATE SCHEMA IF NOT EXISTS gold");
    lake.change("DROP VIEW IF EXISTS gold.cells CASCADE");
    lake.change(
        "CREATE TABLE gold.cells (cell_key text PRIMARY KEY, version bigint, subject text,"
            + " grain text, bucket_start timestamptz, is_bot boolean, dimension text, value text,"
            + " partition integer, "
            + COUNTS.stream().map(name -> name + " bigint").collect(Collectors.joining(", "))
            + ", revenue jsonb, refunded jsonb, goal_value jsonb, settled_until timestamptz)");
  }

  /** Inserts the cells as they are when all their sessions are retracted. */
  void insertZeros(Lake lake) {
    cells
        .values()
        .forEach(sums -> {
          Arrays.fill(sums.counts, 0);
          sums.revenue.clear();
          sums.refunded.clear();
          sums.goalValue.clear();
        });
    insert(lake);
  }

  void insert(Lake lake) {
    String sql =
        "INSERT INTO gold.cells (cell_key, version, subject, partition, grain, bucket_start, is_bot,"
            + " dimension, value, revenue, refunded, goal_value, settled_until, "
            + String.join(", ", COUNTS)
            + ") VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, 'epoch'"
            + ", ?".repeat(COUNTS.size())
            + ")";
    try (var connection = lake.postgres().connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Map.Entry<List<Object>, Sums> each : cells.entrySet()) {
        bind(statement, each.getKey(), each.getValue());
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void bind(PreparedStatement statement, List<Object> key, Sums sums)
      throws SQLException {
    int index = 1;
    statement.setString(index++, UUID.randomUUID().toString());
    for (Object part : key) {
      statement.setObject(
          index++,
          part instanceof Instant time ? OffsetDateTime.ofInstant(time, ZoneOffset.UTC) : part);
    }
    statement.setString(index++, json(sums.revenue));
    statement.setString(index++, json(sums.refunded));
    statement.setString(index++, json(sums.goalValue));
    for (long count : sums.counts) {
      statement.setLong(index++, count);
    }
  }

  private static String json(Map<String, BigDecimal> amounts) {
    return amounts.entrySet().stream()
        .map(each -> '"' + each.getKey() + "\": " + each.getValue().toPlainString())
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
