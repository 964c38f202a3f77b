package io.weir.stream.gold;

import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.avro.AdCounts;
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
 * @param ads the part of the sums that each ad has
 * @param goals the part of the sums that each goal has
 */
public record SessionFacts(
    boolean isBot,
    List<String> values,
    CellSums sums,
    SortedMap<String, CellSums> ads,
    SortedMap<String, CellSums> goals) {
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
    ads = Collections.unmodifiableSortedMap(ads);
    goals = Collections.unmodifiableSortedMap(goals);
  }

  /** Reads the facts off a session's row, which is no retraction. */
  public static SessionFacts of(Session row) {
    SortedMap<String, CellSums> goals = goalsOf(row);
    CellSums sums = sumsOf(row);
    addGoals(goals, sums);
    return new SessionFacts(row.getIsBot(), valuesOf(row), sums, adsOf(row), goals);
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
    if (row.getAds().isEmpty()) {
      return Collections.emptySortedMap();
    }
    var ads = new TreeMap<String, CellSums>();
    for (AdCounts each : row.getAds()) {
      ads.computeIfAbsent(GoldValue.of(each.getAdId()), _ -> new CellSums())
          .add(Measure.AD_IMPRESSIONS, each.getImpressions())
          .add(Measure.AD_CLICKS, each.getClicks())
          .add(Measure.MATCHED_CLICKS, each.getMatchedClicks());
    }
    return ads;
  }

  private static SortedMap<String, CellSums> goalsOf(Session row) {
    if (row.getGoals().isEmpty()) {
      return Collections.emptySortedMap();
    }
    var goals = new TreeMap<String, CellSums>();
    for (GoalCounts each : row.getGoals()) {
      CellSums sums =
          new CellSums().add(Measure.GOAL_EVENTS, each.getEvents()).add(Measure.GOAL_SESSIONS, 1);
      each.getValueE4()
          .forEach((code, amount) ->
              sums.addGoalValue(
                  GoldCurrency.isNamed(code) ? code : GoldValue.OTHER, BigInteger.valueOf(amount)));
      goals.put(GoldValue.of(each.getGoal()), sums);
    }
    return goals;
  }

  /** A session counts once, however many goals it has fulfilled. */
  private static void addGoals(SortedMap<String, CellSums> goals, CellSums sums) {
    if (!goals.isEmpty()) {
      goals.values().forEach(sums::add);
      sums.add(Measure.GOAL_SESSIONS, 1 - goals.size());
    }
  }

  /**
   * The first currencies in the order of the alphabet, so always the same ones. They are those of
   * both, since one is subtracted from the other.
   */
  private static Set<String> named(Map<String, Long> revenue, Map<String, Long> refunded) {
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
