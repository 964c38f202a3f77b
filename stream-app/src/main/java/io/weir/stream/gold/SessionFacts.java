package io.weir.stream.gold;

import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.avro.AdCounts;
import io.weir.contract.avro.AdPlaceCounts;
import io.weir.contract.avro.GoalCounts;
import io.weir.contract.avro.Session;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The numbers that one session adds to gold, and the values by which it is counted.
 *
 * @param isBot the side to which it adds
 * @param values by which it is counted, in the order of {@link #DIMENSIONS}
 * @param parts the parts of the sums by the values of breakdowns in which a session has any number
 *     of values, and those it has
 */
public record SessionFacts(
    boolean isBot,
    List<String> values,
    CellSums sums,
    SortedMap<Breakdown, SortedMap<String, CellSums>> parts) {
  /** The dimensions of sessions beside the total. Their order is stored: a new one comes last. */
  public static final List<Dimension> DIMENSIONS =
      List.of(
          Dimension.DEVICE,
          Dimension.BROWSER,
          Dimension.OS,
          Dimension.COUNTRY,
          Dimension.CITY,
          Dimension.CAMPAIGN,
          Dimension.SOURCE,
          Dimension.MEDIUM,
          Dimension.REFERRER_CLASS,
          Dimension.LANDING_PAGE,
          Dimension.EXIT_PAGE,
          Dimension.VISITOR_TYPE,
          Dimension.APP);

  /** People pay in one currency; a stranger may name many in every session. */
  static final int MOST_CURRENCIES = 4;

  public SessionFacts {
    values = List.copyOf(values);
    parts = Collections.unmodifiableSortedMap(parts);
  }

  /** Reads the facts off a session's row, which is no retraction. */
  public static SessionFacts of(Session row) {
    CellSums sums = sumsOf(row);
    var parts = new TreeMap<Breakdown, SortedMap<String, CellSums>>();
    addGoals(row, sums, parts);
    if (!row.getAds().isEmpty()) {
      parts.put(Breakdown.SESSIONS_BY_AD, adsOf(row));
      addPlaces(row.getAdPositions(), Breakdown.SESSIONS_BY_POSITION, parts);
      addPlaces(row.getAdPages(), Breakdown.SESSIONS_BY_PAGE, parts);
    }
    if (row.getIsCartAbandoned()) {
      CartFacts.add(row, parts);
    }
    return new SessionFacts(row.getIsBot(), valuesOf(row), sums, parts);
  }

  /** The part of a breakdown; empty for none. */
  SortedMap<String, CellSums> part(Breakdown breakdown) {
    return parts.getOrDefault(breakdown, Collections.emptySortedMap());
  }

  /** The time from the session's first event to its last. */
  public long durationMs() {
    return sums.get(Measure.DURATION_MS);
  }

  private static List<String> valuesOf(Session row) {
    var values = new ArrayList<String>(DIMENSIONS.size());
    values.add(GoldValue.of(row.getDevice()));
    values.add(GoldValue.of(row.getBrowser()));
    values.add(GoldValue.of(row.getOs()));
    values.add(GoldValue.of(row.getCountry()));
    values.add(GoldValue.of(row.getCity()));
    values.add(GoldValue.of(row.getCampaignName()));
    values.add(GoldValue.of(row.getCampaignSource()));
    values.add(GoldValue.of(row.getCampaignMedium()));
    values.add(GoldValue.of(row.getReferrerClass()));
    values.add(GoldValue.of(row.getEntryPage()));
    values.add(GoldValue.of(row.getExitPage()));
    values.add(row.getVisitorSessionNumber() == 1 ? "new" : "returning");
    values.add(GoldValue.of(row.getAppId()));
    return values;
  }

  private static CellSums sumsOf(Session row) {
    CellSums sums =
        new CellSums()
            .add(Measure.SESSIONS, 1)
            .add(Measure.CONVERTED_SESSIONS, row.getIsConverted() ? 1 : 0)
            .add(Measure.BOUNCED_SESSIONS, row.getIsBounce() ? 1 : 0)
            .add(Measure.CART_SESSIONS, row.getAddToCarts() > 0 ? 1 : 0)
            .add(Measure.CHECKOUT_SESSIONS, row.getCheckouts() > 0 ? 1 : 0)
            .add(Measure.ABANDONED_SESSIONS, row.getIsCartAbandoned() ? 1 : 0)
            .add(Measure.DURATION_MS, row.getDurationMs())
            .add(Measure.EVENTS, row.getEvents())
            .add(Measure.PAGE_VIEWS, row.getPageViews())
            .add(Measure.PRODUCT_VIEWS, row.getProductViews())
            .add(Measure.SEARCHES, row.getSearches())
            .add(Measure.AD_IMPRESSIONS, row.getAdImpressions())
            .add(Measure.AD_CLICKS, row.getAdClicks())
            .add(Measure.MATCHED_CLICKS, row.getMatchedClicks())
            .add(Measure.ADD_TO_CARTS, row.getAddToCarts())
            .add(Measure.REMOVE_FROM_CARTS, row.getRemoveFromCarts())
            .add(Measure.CHECKOUTS, row.getCheckouts())
            .add(Measure.PURCHASES, row.getPurchases())
            .add(Measure.REFUNDS, row.getRefunds())
            .add(Measure.LATE_EVENTS, row.getLateEvents());
    Set<String> named = named(row.getRevenueE4(), row.getRefundedE4());
    addNamed(row.getRevenueE4(), named, sums::addRevenue);
    addNamed(row.getRefundedE4(), named, sums::addRefunded);
    return sums;
  }

  private static SortedMap<String, CellSums> adsOf(Session row) {
    var ads = new TreeMap<String, CellSums>();
    for (AdCounts each : row.getAds()) {
      ads.computeIfAbsent(GoldValue.of(each.getAdId()), _ -> new CellSums())
          .add(Measure.AD_IMPRESSIONS, each.getImpressions())
          .add(Measure.AD_CLICKS, each.getClicks())
          .add(Measure.MATCHED_CLICKS, each.getMatchedClicks());
    }
    return ads;
  }

  private static void addPlaces(
      List<AdPlaceCounts> places,
      Breakdown breakdown,
      SortedMap<Breakdown, SortedMap<String, CellSums>> parts) {
    var counted = new TreeMap<String, CellSums>();
    for (AdPlaceCounts each : places) {
      counted
          .computeIfAbsent(GoldValue.of(each.getPlace()), _ -> new CellSums())
          .add(Measure.AD_IMPRESSIONS, each.getImpressions())
          .add(Measure.AD_CLICKS, each.getClicks())
          .add(Measure.MATCHED_CLICKS, each.getMatchedClicks());
    }
    parts.put(breakdown, counted);
  }

  /** A session counts once in the sums, however many goals it has fulfilled. */
  private static void addGoals(
      Session row, CellSums sums, SortedMap<Breakdown, SortedMap<String, CellSums>> parts) {
    if (row.getGoals().isEmpty()) {
      return;
    }
    var goals = new TreeMap<String, CellSums>();
    for (GoalCounts each : row.getGoals()) {
      CellSums ofGoal =
          new CellSums().add(Measure.GOAL_EVENTS, each.getEvents()).add(Measure.GOAL_SESSIONS, 1);
      each.getValueE4()
          .forEach((code, amount) ->
              ofGoal.addGoalValue(
                  GoldCurrency.isNamed(code) ? code : GoldValue.OTHER, BigInteger.valueOf(amount)));
      goals.put(GoldValue.of(each.getGoal()), ofGoal);
    }
    goals.values().forEach(sums::add);
    sums.add(Measure.GOAL_SESSIONS, 1 - goals.size());
    parts.put(Breakdown.SESSIONS_BY_GOAL, goals);
  }

  /**
   * The first currencies in the order of the alphabet, so always the same ones. They are those of
   * both, since one is subtracted from the other.
   */
  static Set<String> named(Map<String, Long> revenue, Map<String, Long> refunded) {
    if (revenue.isEmpty() && refunded.isEmpty()) {
      return Set.of();
    }
    return Stream.of(revenue, refunded)
        .flatMap(each -> each.entrySet().stream())
        .filter(each -> each.getValue() != 0)
        .map(Map.Entry::getKey)
        .filter(GoldCurrency::isNamed)
        .distinct()
        .sorted()
        .limit(MOST_CURRENCIES)
        .collect(Collectors.toSet());
  }

  private static void addNamed(
      Map<String, Long> amounts, Set<String> named, BiConsumer<String, BigInteger> sums) {
    amounts.forEach((code, amount) ->
        sums.accept(named.contains(code) ? code : GoldValue.OTHER, BigInteger.valueOf(amount)));
  }
}
